package org.cofferhsm.hsm.channel;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Takes connections until its entrance is closed. */
final class Listener {

    /** Between tries when the operating system gives no more descriptors. */
    private static final long PAUSE_MILLIS = 100;

    private final Entrance entrance;
    private final Admitting admitting;
    private final ServiceLog log;
    private final CountDownLatch ended = new CountDownLatch(1);

    Listener(Entrance entrance, Admitting admitting, ServiceLog log) {
        this.entrance = entrance;
        this.admitting = admitting;
        this.log = log;
    }

    void start() {
        Thread thread = new Thread(this::run, "coffer-service-listener-" + entrance);
        thread.setDaemon(true);
        thread.start();
    }

    void awaitEnd() throws InterruptedException {
        ended.await();
    }

    private void run() {
        try {
            while (acceptOne()) {
                // until the entrance is closed
            }
        } catch (InterruptedException e) { // nobody interrupts it
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
    }

    private boolean acceptOne() throws InterruptedException {
        try {
            admitOrClose(entrance.accept());
        } catch (ClosedChannelException e) {
            return false;
        } catch (IOException e) {
            log.failure("no connection could be taken", e);
            return !ended.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
        return true;
    }

    /** When memory is short this connection ends, not the service. */
    private void admitOrClose(SocketChannel channel) throws IOException {
        try {
            admitting.admit(channel);
        } catch (OutOfMemoryError e) {
            log.failure("no memory for a connection", e);
            channel.close();
        } catch (RuntimeException e) { // a defect that one connection meets is not to end the taking of others
            log.failure("a connection was not taken by a fault of Coffer", e);
            channel.close();
        }
    }
}
