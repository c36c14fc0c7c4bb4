package org.cofferhsm.hsm.channel;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what another thread does. */
final class Eventually {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Eventually() {}

    static void holds(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("it did not happen within " + PATIENCE.toSeconds() + " seconds");
            }
            Thread.sleep(5);
        }
    }
}
