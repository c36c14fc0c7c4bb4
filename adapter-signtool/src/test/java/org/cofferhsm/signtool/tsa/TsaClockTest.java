package org.cofferhsm.signtool.tsa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.Function;
import org.bouncycastle.asn1.cmp.PKIFailureInfo;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.testing.TestModule;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each use of the module opens it anew, so what is known of a time was on disk. */
class TsaClockTest {
    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");

    @TempDir
    private Path home;

    private TestModule module;

    @BeforeEach
    void create() {
        module = TestModule.create(home, "stamps");
    }

    private <T> T withClock(Instant time, Function<TsaClock, T> work) {
        return module.as("stamps", session -> work.apply(clock(session, time)));
    }

    private static TsaClock clock(Session session, Instant time) {
        return new TsaClock(Clock.fixed(time, ZoneOffset.UTC), LastTime.of(session, "tsa"));
    }

    private static Instant tell(TsaClock clock) {
        try {
            return clock.now();
        } catch (Refusal e) {
            throw new AssertionError(e);
        }
    }

    private static Instant tellAndClose(TsaClock clock) {
        try (clock) {
            return tell(clock);
        }
    }

    private static boolean refuses(TsaClock clock) {
        Refusal refusal = catchThrowableOfType(Refusal.class, clock::now);
        assertThat(refusal.failure()).isEqualTo(PKIFailureInfo.timeNotAvailable);
        assertThat(refusal).hasMessageContaining("given already");
        return true;
    }

    @Test
    void tellsTheTime() {
        assertThat(withClock(NOON, TsaClockTest::tellAndClose)).isEqualTo(NOON);
    }

    @Test
    void tellsTheSameTimeAgain() {
        withClock(NOON, TsaClockTest::tellAndClose);

        assertThat(withClock(NOON, TsaClockTest::tellAndClose)).isEqualTo(NOON);
    }

    @Test
    void refusesWhenTheClockWasPutBackWhileItDidNotRun() {
        withClock(NOON, TsaClockTest::tellAndClose);

        assertThat(withClock(NOON.minusMillis(1), TsaClockTest::refuses)).isTrue();
        assertThat(withClock(NOON.plusMillis(1), TsaClockTest::tellAndClose)).isEqualTo(NOON.plusMillis(1));
    }

    @Test
    void refusesForSecondsOnlyWhenItWasKilled() {
        withClock(NOON, TsaClockTest::tell); // and nobody closes the clock

        assertThat(withClock(NOON.minusMillis(1), TsaClockTest::refuses)).isTrue();
        assertThat(withClock(NOON.plus(Duration.ofSeconds(6)), TsaClockTest::tellAndClose))
                .isEqualTo(NOON.plusSeconds(6));
    }

    @Test
    void refusesWhenTheClockGoesBackWhileItRuns() {
        module.as("stamps", session -> {
            Instant[] time = {NOON};
            Clock moving = new Clock() {
                @Override
                public Instant instant() {
                    return time[0];
                }

                @Override
                public ZoneOffset getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }
            };
            TsaClock clock = new TsaClock(moving, LastTime.of(session, "tsa"));
            assertThat(tell(clock)).isEqualTo(NOON);
            time[0] = NOON.minusMillis(1);
            assertThat(refuses(clock)).isTrue();
            time[0] = NOON.plusSeconds(20);
            return assertThat(tell(clock)).isEqualTo(NOON.plusSeconds(20));
        });
    }

    @Test
    void keepsATimeForEachKey() {
        withClock(NOON, TsaClockTest::tellAndClose);

        Instant earlier = NOON.minusSeconds(60);
        Instant told = module.as(
                "stamps",
                session -> tellAndClose(
                        new TsaClock(Clock.fixed(earlier, ZoneOffset.UTC), LastTime.of(session, "another"))));
        assertThat(told).isEqualTo(earlier);
    }

    @Test
    void complainsWhenSomebodyOverwroteTheTime() {
        withClock(NOON, TsaClockTest::tellAndClose);

        module.as("stamps", session -> {
            var object = session.find(Attributes.of(Attribute.CLASS, ObjectClass.DATA))
                    .one();
            session.change(object, Attributes.of(Attribute.LABEL, "yesterday"));
            return assertRefused(Reason.DATA_INVALID, () -> clock(session, NOON))
                    .hasMessageContaining("yesterday");
        });
    }
}
