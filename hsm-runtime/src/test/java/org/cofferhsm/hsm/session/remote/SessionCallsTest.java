package org.cofferhsm.hsm.session.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cofferhsm.hsm.ModuleFixture.ALICE_PIN;

import java.nio.file.Path;
import org.cofferhsm.hsm.ModuleFixture;
import org.cofferhsm.hsm.channel.Refusal;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.Usage;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.spi.Client;
import org.cofferhsm.hsm.spi.ClientCalls;
import org.cofferhsm.hsm.spi.KeptMemory;
import org.cofferhsm.hsm.spi.MalformedMessageException;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionCallsTest {

    private static final long NUMBER = 1;

    @Test
    void doesNothingThatARequestWithBytesLeftOverAsksFor(@TempDir Path home) {
        try (ModuleFixture module = ModuleFixture.in(home);
                ClientCalls calls = new SessionService()
                        .connect(module.hsm(), new Client("user", Octets.of(new byte[16]), 1, "liar"), line -> {});
                Session alice = module.hsm().login("alice", ALICE_PIN)) {
            assertMalformed(calls, Operation.LOGIN, login().u8(0));
            assertThat(call(calls, Operation.LOGIN, login())).isZero();

            MessageWriter generate = new MessageWriter(256).u64(NUMBER);
            AttributeFields.template(generate, KeyTemplate.aes(256).labelled("unwanted"));
            assertMalformed(calls, Operation.GENERATE, generate.u8(0));
            assertMalformed(
                    calls, Operation.USER, new MessageWriter(16).u64(NUMBER).u8(0));
            assertMalformed(
                    calls, Operation.CLOSE, new MessageWriter(16).u64(NUMBER).u8(0));
            assertThat(call(calls, Operation.USER, new MessageWriter(16).u64(NUMBER)))
                    .isZero();
            assertThat(alice.find(Attributes.NONE).list()).isEmpty();
        }
    }

    @Test
    void keepsNoMoreForItsClientsThanItHasMemoryFor(@TempDir Path home) {
        try (ModuleFixture module = ModuleFixture.in(home);
                ClientCalls calls = new SessionService(KeptMemory.of(4_000))
                        .connect(module.hsm(), new Client("user", Octets.of(new byte[16]), 1, "glutton"), line -> {});
                Session alice = module.hsm().login("alice", ALICE_PIN)) {
            KeyId key = alice.generate(KeyTemplate.aes(256).allowing(Usage.DECRYPT));
            call(calls, Operation.LOGIN, login());
            for (long stream = 1; stream <= 3; stream++) {
                MessageWriter start = fields().u64(stream).u64(key.value());
                Fields.algorithm(start, Algorithm.AES_GCM);
                assertThat(call(calls, Operation.START_DECRYPT, start)).isZero();
            }
            assertThat(call(calls, Operation.UPDATE, fields().u64(1).bytes(new byte[900])))
                    .isZero();
            assertThat(call(calls, Operation.UPDATE, fields().u64(2).bytes(new byte[200])))
                    .isEqualTo(Refusal.STATUS);
            assertThat(call(calls, Operation.CANCEL, fields().u64(1))).isZero();
            assertThat(call(calls, Operation.UPDATE, fields().u64(3).bytes(new byte[900])))
                    .isZero();
        }
    }

    private static MessageWriter fields() {
        return new MessageWriter(64).u64(NUMBER);
    }

    private static MessageWriter login() {
        return new MessageWriter(64).u64(NUMBER).text("alice").secretText(ALICE_PIN);
    }

    private static void assertMalformed(ClientCalls calls, Operation operation, MessageWriter fields) {
        assertThatThrownBy(() -> call(calls, operation, fields)).isInstanceOf(MalformedMessageException.class);
    }

    private static int call(ClientCalls calls, Operation operation, MessageWriter fields) {
        return calls.call(operation.code(), new MessageReader(fields.written()), new MessageWriter(256));
    }
}
