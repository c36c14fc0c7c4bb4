package org.cofferhsm.signtool.tsa;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.cofferhsm.hsm.error.HsmException;

/** An authority that answers by HTTP (RFC 3161 §3.4) until it is closed. */
public final class TsaServer implements AutoCloseable {

    private static final int BACKLOG = 64;

    /** Beyond those that sign: a request is read by a thread, and some clients are slow to send theirs. */
    private static final int READERS = 64;

    private static final int SECONDS_TO_FINISH = 10;

    private final HttpServer server;
    private final ExecutorService threads;

    private TsaServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Listens.
     *
     * @param mostRequests how many are answered at once; others wait
     */
    public static TsaServer start(TimestampAuthority authority, InetSocketAddress address, int mostRequests) {
        try {
            HttpServer server = HttpServer.create(address, BACKLOG);
            AtomicInteger number = new AtomicInteger();
            ExecutorService threads = Executors.newFixedThreadPool(
                    READERS + mostRequests, work -> new Thread(work, "coffer-tsa-" + number.incrementAndGet()));
            server.createContext("/", new TsaHandler(authority, mostRequests));
            server.setExecutor(threads);
            server.start();
            return new TsaServer(server, threads);
        } catch (IOException e) {
            throw HsmException.argumentInvalid("cannot listen on " + address + ": " + e.getMessage())
                    .causedBy(e);
        }
    }

    /** Where it listens; the port is the one that was found when none was named. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    /** Takes no more requests, and lets those that run finish for some seconds. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(SECONDS_TO_FINISH, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        } finally {
            server.stop(0);
        }
    }
}
