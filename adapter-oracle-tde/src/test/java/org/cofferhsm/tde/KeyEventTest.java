package org.cofferhsm.tde;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import java.time.Instant;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Octets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyEventTest {
    private static final MasterKeyId KEY = MasterKeyId.ofRandom(new byte[16]);
    private static final Instant TIME = Instant.parse("2026-11-22T06:15:00Z");
    private static final Moment MOMENT = new Moment(TIME, Container.isolated("hrpdb"));

    private static KeyEvent tagged(String tag) {
        return new KeyEvent(7, KeyEvent.Kind.TAGGED, KEY, MOMENT, tag);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "year end", "Jahresabschluß №1"})
    void readsWhatItWrote(String tag) {
        assertThat(KeyEvent.decode(tagged(tag).encode())).isEqualTo(tagged(tag));
    }

    /** Keystores keep these bytes for years: the format of version 1 never changes. */
    @Test
    void hasTheFormatOfVersion1() {
        assertThat(new String(tagged("year end").encode(), UTF_8))
                .isEqualTo("coffer-tde-event 1\n7\nTAGGED\n06" + "00".repeat(16)
                        + "\nHRPDB\nISOLATED\n2026-11-22T06:15:00Z\nyear end");
    }

    /** What keystores hold that were made before there were containers. */
    @Test
    void readsAnActivationOfTheFirstFormat() {
        String first = "coffer-tde-activation 1\n3\n06" + "00".repeat(16) + "\n2026-11-22T06:15:00Z\nyear end";

        assertThat(KeyEvent.decode(first.getBytes(UTF_8)))
                .isEqualTo(new KeyEvent(3, KeyEvent.Kind.ACTIVATED, KEY, new Moment(TIME, Container.ROOT), "year end"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"two\nlines", "bell\u0007"})
    void refusesTagsThatWouldBreakALine(String tag) {
        assertRefused(Reason.ARGUMENT_INVALID, () -> tagged(tag));
    }

    @Test
    void refusesALongTag() {
        assertRefused(Reason.ARGUMENT_INVALID, () -> tagged("x".repeat(1025)));
    }

    @Test
    void namesAFormatOfTheFuture() {
        assertRefused(Reason.STORE_VERSION_UNSUPPORTED, () -> KeyEvent.decode("coffer-tde-event 2\n".getBytes(UTF_8)))
                .hasMessageContaining("coffer-tde-event 2");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void refusesMalformedRecords(int line) {
        String[] lines = new String(tagged("x").encode(), UTF_8).split("\n");
        lines[line] = "!";

        assertRefused(
                Reason.DATA_INVALID,
                () -> KeyEvent.decode(String.join("\n", lines).getBytes(UTF_8)));
    }

    @Test
    void ordersEventsOfOneNumberByTimeAndKey() {
        KeyEvent early = tagged("early");
        KeyEvent late =
                new KeyEvent(7, KeyEvent.Kind.TAGGED, KEY, new Moment(TIME.plusNanos(1), Container.ROOT), "late");
        KeyEvent other = new KeyEvent(
                7, KeyEvent.Kind.TAGGED, new MasterKeyId(Octets.ofHex("06" + "01".repeat(16))), MOMENT, "other key");

        assertThat(KeyEvent.ORDER.compare(early, late)).isNegative();
        assertThat(KeyEvent.ORDER.compare(early, other)).isNegative();
    }
}
