package org.cofferhsm.hsm.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits for SIGTERM or SIGINT, and holds the end of the process up until the work is put down. */
public final class StopSignal implements AutoCloseable {

    /** Longer than the service takes to stop, shorter than systemd's patience. */
    private static final long MOST_SECONDS = 30;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = new Thread(this::ask, "coffer-stop");

    private StopSignal() {}

    public static StopSignal install() {
        StopSignal signal = new StopSignal();
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

    /** Returns when the process is told to end, or this thread is interrupted. */
    public void await() {
        try {
            asked.await();
        } catch (
                InterruptedException e) { // how tests end it; the flag stays down, since stopping has to wait for calls
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
