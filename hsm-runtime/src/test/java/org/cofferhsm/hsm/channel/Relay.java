package org.cofferhsm.hsm.channel;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Passes what comes in on a Unix domain socket on to a port, and back. */
final class Relay implements AutoCloseable {

    private final ServerSocketChannel server;
    private final InetSocketAddress port;
    private final AtomicInteger connections = new AtomicInteger();

    private Relay(ServerSocketChannel server, InetSocketAddress port) {
        this.server = server;
        this.port = port;
    }

    static Relay between(Path socket, InetSocketAddress port) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        Relay relay = new Relay(server.bind(UnixDomainSocketAddress.of(socket)), port);
        start(relay::accept);
        return relay;
    }

    private void accept() throws IOException {
        while (server.isOpen()) {
            SocketChannel near = server.accept();
            connections.incrementAndGet();
            SocketChannel far = SocketChannel.open(port);
            start(() -> pass(near, far));
            start(() -> pass(far, near));
        }
    }

    private static void pass(SocketChannel from, SocketChannel to) throws IOException {
        try (from;
                to) {
            ByteBuffer bytes = ByteBuffer.allocate(4096);
            while (from.read(bytes) >= 0) {
                bytes.flip();
                while (bytes.hasRemaining()) {
                    to.write(bytes);
                }
                bytes.clear();
            }
        }
    }

    private static void start(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // one side has hung up, as it may
                    }
                },
                "relay");
        thread.setDaemon(true);
        thread.start();
    }

    int connections() {
        return connections.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private interface Work {
        void run() throws IOException;
    }
}
