package org.cofferhsm.hsm.channel;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Since when a connection waits for the other side to finish what it began. */
final class Stall {

    private static final long NONE = 0;

    private final AtomicLong since = new AtomicLong(NONE);

    /** Goes on waiting where it waits already: who sends byte by byte gains no time. */
    void beginUnlessBegun() {
        since.compareAndSet(NONE, System.nanoTime() | 1);
    }

    void begin() {
        since.setOpaque(System.nanoTime() | 1); // never NONE
    }

    void end() {
        since.setOpaque(NONE);
    }

    boolean longerThan(Duration patience) {
        long start = since.get();
        return start != NONE && System.nanoTime() - start > patience.toNanos();
    }
}
