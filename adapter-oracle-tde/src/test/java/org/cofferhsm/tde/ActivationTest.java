package org.cofferhsm.tde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.cofferhsm.hsm.error.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActivationTest {
    private static final MasterKeyId KEY = MasterKeyId.ofRandom(new byte[16]);
    private static final Instant TIME = Instant.parse("2026-11-22T06:15:00Z");

    @ParameterizedTest
    @ValueSource(strings = {"", "year end", "Jahresabschluß №1"})
    void readsWhatItWrote(String tag) {
        Activation activation = new Activation(7, KEY, TIME, tag);

        assertThat(Activation.decode(activation.encode())).isEqualTo(activation);
    }

    @ParameterizedTest
    @ValueSource(strings = {"two\nlines", "bell\u0007"})
    void refusesTagsThatWouldBreakALine(String tag) {
        assertRefused(Reason.ARGUMENT_INVALID, () -> new Activation(1, KEY, TIME, tag));
    }

    @Test
    void refusesALongTag() {
        assertRefused(Reason.ARGUMENT_INVALID, () -> new Activation(1, KEY, TIME, "x".repeat(1025)));
    }

    @Test
    void namesAFormatOfTheFuture() {
        assertRefused(
                        Reason.STORE_VERSION_UNSUPPORTED,
                        () -> Activation.decode("coffer-tde-activation 2\n".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("coffer-tde-activation 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\n0600\n2026-11-22T06:15:00Z\n", "1\nxx\n2026-11-22T06:15:00Z\n", "1\n06\nnever\n"})
    void refusesMalformedRecords(String lines) {
        byte[] encoded = ("coffer-tde-activation 1\n" + lines).getBytes(StandardCharsets.UTF_8);

        assertRefused(Reason.DATA_INVALID, () -> Activation.decode(encoded));
    }
}
