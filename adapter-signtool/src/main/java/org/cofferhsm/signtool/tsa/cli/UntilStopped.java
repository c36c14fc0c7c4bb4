package org.cofferhsm.signtool.tsa.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits for SIGTERM or SIGINT, and holds the end of the process up until the work is put down. */
final class UntilStopped implements AutoCloseable {

    /** Longer than the authority takes to stop, shorter than systemd's patience. */
    private static final long MOST_SECONDS = 30;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = new Thread(this::ask, "coffer-tsa-stop");

    private UntilStopped() {}

    static UntilStopped install() {
        UntilStopped signal = new UntilStopped();
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    private void ask() {
        asked.countDown();
        try {
            done.await(MOST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) { // then the process ends at once
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when the process is told to end, or this thread is interrupted, which is how tests end it. */
    void await() {
        try {
            asked.await();
        } catch (InterruptedException e) { // the flag stays down, since stopping has to wait for requests
            asked.countDown();
        }
    }

    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) { // the process is ending, and the hook has done its part
            asked.countDown();
        }
    }
}
