package org.cofferhsm.hsm.interop;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Something else on a socket, which answers each request in a way of its own (docs/channel.md, Frames). */
final class FakeService implements AutoCloseable {

    /** A service of a version that nobody has written yet. */
    static final UnaryOperator<ByteBuffer> OF_VERSION_2 = request -> {
        ByteBuffer reply = ByteBuffer.allocate(4 + 12 + 4);
        return reply.putInt(16)
                .putLong(request.getLong(0))
                .putInt(0xffff0001)
                .putShort((short) 2)
                .putShort((short) 2)
                .flip();
    };

    /** A service whose replies are longer than they say. */
    static final UnaryOperator<ByteBuffer> THAT_LIES = request -> ByteBuffer.allocate(64)
            .putInt(0x7fffffff)
            .putLong(request.getLong(0))
            .rewind();

    /** Something that answers, but not in this language. */
    static final UnaryOperator<ByteBuffer> OF_ANOTHER_KIND =
            request -> ByteBuffer.wrap("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII));

    private final ServerSocketChannel server;
    private final AtomicInteger requests = new AtomicInteger();

    private FakeService(ServerSocketChannel server) {
        this.server = server;
    }

    static FakeService listen(Path socket, UnaryOperator<ByteBuffer> answer) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        FakeService service = new FakeService(server);
        Thread thread = new Thread(() -> service.serve(answer), "fake-service");
        thread.setDaemon(true);
        thread.start();
        return service;
    }

    private void serve(UnaryOperator<ByteBuffer> answer) {
        while (server.isOpen()) {
            try (SocketChannel client = server.accept()) {
                ByteBuffer request = request(client);
                requests.incrementAndGet();
                client.write(answer.apply(request));
                client.read(ByteBuffer.allocate(1)); // until the client has gone
            } catch (IOException e) {
                // that the client hangs up, or the test ends, is what is wanted
            }
        }
    }

    /** How many requests have come. */
    int requests() {
        return requests.get();
    }

    /** Without its length. */
    private static ByteBuffer request(SocketChannel client) throws IOException {
        ByteBuffer length = ByteBuffer.allocate(4);
        fill(client, length);
        ByteBuffer body = ByteBuffer.allocate(length.getInt(0));
        fill(client, body);
        return body;
    }

    private static void fill(SocketChannel client, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (client.read(buffer) < 0) {
                throw new IOException("the client has gone");
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
