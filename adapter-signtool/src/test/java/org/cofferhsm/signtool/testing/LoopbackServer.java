package org.cofferhsm.signtool.testing;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTP server of a test's own, on a free port of the loopback interface. */
public final class LoopbackServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger requests = new AtomicInteger();

    private LoopbackServer(HttpHandler handler) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            handler.handle(exchange);
        });
        server.setExecutor(threads);
        server.start();
    }

    public static LoopbackServer handling(HttpHandler handler) throws IOException {
        return new LoopbackServer(handler);
    }

    /** What a handler makes of a request's body. */
    public interface Answering {
        byte[] to(byte[] request) throws Exception;
    }

    /** Answers each request by status 200. */
    public static LoopbackServer answering(String type, Answering answering) throws IOException {
        return handling(exchange -> {
            try (exchange) {
                byte[] answer = answering.to(exchange.getRequestBody().readAllBytes());
                exchange.getResponseHeaders().set("Content-Type", type);
                exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
                exchange.getResponseBody().write(answer);
            } catch (IOException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    public int requests() {
        return requests.get();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        server.stop(0);
    }
}
