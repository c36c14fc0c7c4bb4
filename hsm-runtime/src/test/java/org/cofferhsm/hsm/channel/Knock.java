package org.cofferhsm.hsm.channel;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;

/** The other side of a connection, byte by byte, written after docs/channel.md and not with the code that it tests. */
final class Knock implements AutoCloseable {

    private final SocketChannel channel;
    private long lastId;

    private Knock(SocketChannel channel) {
        this.channel = channel;
    }

    static Knock at(Path socket) throws IOException {
        return new Knock(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
    }

    static Knock at(InetSocketAddress address) throws IOException {
        return new Knock(SocketChannel.open(address));
    }

    static Knock greeted(Path socket, String service, ClientNumber number) throws IOException {
        Knock knock = at(socket);
        Answer welcome = knock.ask(1, greeting(service, number, 1));
        if (welcome.status() != 0) {
            throw new AssertionError("not let in: " + Integer.toHexString(welcome.status()));
        }
        return knock;
    }

    static MessageWriter greeting(String service, ClientNumber number, int version) {
        return greeting(service, number, version, new byte[0]);
    }

    static MessageWriter greeting(String service, ClientNumber number, int version, byte[] token) {
        return new MessageWriter(128)
                .u32(0x434f4652)
                .u16(version)
                .text(service)
                .raw(number.octets().toByteArray())
                .u64(4711)
                .text("knock")
                .bytes(token);
    }

    Answer ask(int operation, MessageWriter fields) throws IOException {
        ask(++lastId, operation, fields);
        return answer();
    }

    void ask(long id, int operation, MessageWriter fields) throws IOException {
        send(new MessageWriter(64)
                .u32(12 + fields.size())
                .u64(id)
                .u32(operation)
                .written());
        send(fields.written());
    }

    void send(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    Answer answer() throws IOException {
        ByteBuffer header = exactly(16);
        int length = header.getInt();
        long id = header.getLong();
        int status = header.getInt();
        return new Answer(id, status, exactly(length - 12));
    }

    /** Whether the service has closed the connection and said nothing more. */
    boolean closed() throws IOException {
        return channel.read(ByteBuffer.allocate(1)) < 0;
    }

    private ByteBuffer exactly(int bytes) throws IOException {
        ByteBuffer all = ByteBuffer.allocate(bytes);
        while (all.hasRemaining()) {
            if (channel.read(all) < 0) {
                throw new IOException("the service closed the connection");
            }
        }
        return all.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    record Answer(long id, int status, ByteBuffer body) {

        MessageReader fields() {
            return new MessageReader(body.duplicate());
        }
    }
}
