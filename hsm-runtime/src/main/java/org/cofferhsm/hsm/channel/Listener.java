package org.cofferhsm.hsm.channel;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Takes connections until the socket is closed. */
final class Listener {

    /** Between tries when the operating system gives no more descriptors. */
    private static final long PAUSE_MILLIS = 100;

    private final SocketFile socket;
    private final Admission admission;
    private final Threads threads;
    private final ServiceLog log;
    private final LargeRequests large = LargeRequests.ofThisProcess();
    private final CountDownLatch ended = new CountDownLatch(1);

    Listener(SocketFile socket, Admission admission, Threads threads, ServiceLog log) {
        this.socket = socket;
        this.admission = admission;
        this.threads = threads;
        this.log = log;
    }

    void start() {
        Thread thread = new Thread(this::run, "coffer-service-listener");
        thread.setDaemon(true);
        thread.start();
    }

    void awaitEnd() throws InterruptedException {
        ended.await();
    }

    private void run() {
        try {
            while (acceptOne()) {
                // until the socket is closed
            }
        } catch (InterruptedException e) { // nobody interrupts it
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
    }

    private boolean acceptOne() throws InterruptedException {
        try {
            admitOrClose(socket.accept());
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
            admit(channel);
        } catch (OutOfMemoryError e) {
            log.failure("no memory for a connection", e);
            channel.close();
        } catch (RuntimeException e) { // a defect that one connection meets is not to end the taking of others
            log.failure("a connection was not taken by a fault of Coffer", e);
            channel.close();
        }
    }

    private void admit(SocketChannel channel) throws IOException {
        Peer peer;
        try {
            peer = Peer.of(channel);
        } catch (IOException e) { // gone before anybody asked who it was
            channel.close();
            return;
        }
        Connection connection = new Connection(channel, peer, large.of(peer.user()));
        if (admission.admits(peer)) {
            threads.serve(connection);
        } else {
            threads.turnAway(
                    connection,
                    Rejection.refused("the user " + peer.user()
                            + " may not use this service; coffer serve --allow-user or --allow-group lets others in"));
        }
    }
}
