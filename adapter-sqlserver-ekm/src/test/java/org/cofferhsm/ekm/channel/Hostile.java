package org.cofferhsm.ekm.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;
import org.cofferhsm.ekm.EkmStatus;
import org.cofferhsm.hsm.spi.ClientCalls;
import org.cofferhsm.hsm.spi.MalformedMessageException;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;

/** What must hold for every request, whatever is in it. */
final class Hostile {

    /** What a working service answers; FAILURE would be a defect of it. */
    private static final Set<EkmStatus> SOUND = EnumSet.complementOf(EnumSet.of(
            EkmStatus.FAILURE,
            EkmStatus.INSUFFICIENT_BUFFER,
            EkmStatus.SERVICE_UNREACHABLE,
            EkmStatus.SERVICE_TIMEOUT,
            EkmStatus.NO_MEMORY,
            EkmStatus.MODULE_LOCKED,
            EkmStatus.STORE_FAILED));

    private Hostile() {}

    /**
     * Sends it; anything but a status that the document has, or a complaint about the message, is a defect.
     *
     * @return whether it was done
     */
    static boolean send(ClientCalls calls, int operation, byte[] body) {
        MessageWriter reply = new MessageWriter(64);
        try {
            int status = calls.call(operation, new MessageReader(ByteBuffer.wrap(body)), reply);
            if (status == ClientCalls.UNKNOWN_OPERATION) {
                return false;
            }
            assertThat(EkmStatus.ofCode(status))
                    .as("operation %d answers %d", operation, status)
                    .hasValueSatisfying(known -> assertThat(known).isIn(SOUND));
            return status == 0;
        } catch (MalformedMessageException e) {
            assertThat(reply.size()).as("bytes before the complaint").isZero();
            return false;
        }
    }
}
