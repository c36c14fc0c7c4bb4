package org.cofferhsm.hsm.interop;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waiting for what another process does. */
final class Await {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Await() {}

    /** Returns as soon as the condition holds, and fails when it does not come to hold. */
    static void that(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                fail("waited %d seconds until %s", LIMIT.toSeconds(), what);
            }
            Thread.sleep(20);
        }
    }
}
