package org.cofferhsm.signtool.tsa;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * A clock that never goes back, not even from one run of the program to the next: it refuses to tell the time until it
 * is later again than all it has told.
 *
 * <p>What is kept is a moment a little ahead, so that not every token has to wait for the disk. After a crash the
 * authority therefore refuses for at most that long; a clean end keeps the exact time.
 */
final class TsaClock implements AutoCloseable {

    private static final Duration AHEAD = Duration.ofSeconds(5);

    private final Clock clock;
    private final LastTime kept;
    private Instant last;
    private Instant horizon;

    TsaClock(Clock clock, LastTime kept) {
        this.clock = clock;
        this.kept = kept;
        this.horizon = kept.read();
        this.last = horizon;
    }

    /** The time, in whole milliseconds. */
    synchronized Instant now() throws Refusal {
        Instant now = Instant.ofEpochMilli(clock.millis());
        if (now.isBefore(last)) {
            throw Refusal.timeNotAvailable(
                    "the clock says " + now + ", which is before " + last + ", a time that was given already");
        }
        if (now.isAfter(horizon)) {
            Instant next = now.plus(AHEAD);
            kept.write(next);
            horizon = next;
        }
        last = now;
        return now;
    }

    /** Keeps the exact time. */
    @Override
    public synchronized void close() {
        if (last.isBefore(horizon)) {
            kept.write(last);
            horizon = last;
        }
    }
}
