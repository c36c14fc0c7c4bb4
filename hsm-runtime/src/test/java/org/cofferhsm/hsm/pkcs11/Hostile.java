package org.cofferhsm.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.cofferhsm.hsm.pkcs11.wire.Ckr;
import org.cofferhsm.hsm.spi.ClientCalls;
import org.cofferhsm.hsm.spi.MalformedMessageException;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;

/** What must hold for every request, whatever is in it. */
final class Hostile {

    private static final Set<Integer> VALUES =
            Arrays.stream(Ckr.values()).map(Ckr::code).collect(Collectors.toSet());

    private Hostile() {}

    /**
     * Sends it; anything but one of Cryptoki's values or a complaint about the message is a defect.
     *
     * @return whether it was done
     */
    static boolean send(ClientCalls calls, int operation, byte[] body) {
        MessageWriter reply = new MessageWriter(64);
        try {
            int status = calls.call(operation, new MessageReader(ByteBuffer.wrap(body)), reply);
            assertThat(status == ClientCalls.UNKNOWN_OPERATION || VALUES.contains(status))
                    .as("operation %d answers 0x%x", operation, status)
                    .isTrue();
            assertThat(status).as("operation %d fails by a defect", operation).isNotEqualTo(Ckr.GENERAL_ERROR.code());
            if (status != 0) {
                assertThat(reply.size()).as("bytes after a refusal").isZero();
            }
            return status == 0;
        } catch (MalformedMessageException e) {
            assertThat(reply.size()).as("bytes before the complaint").isZero();
            return false;
        }
    }
}
