package org.cofferhsm.hsm.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Stands still until time passes. */
public final class MovedClock extends Clock {

    private volatile Instant now = Instant.parse("2027-01-01T00:00:00Z");

    /** Lets time pass; for one thread. */
    public void pass(Duration time) {
        Instant then = now.plus(time);
        now = then;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
