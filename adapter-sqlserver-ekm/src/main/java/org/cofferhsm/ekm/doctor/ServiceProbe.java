package org.cofferhsm.ekm.doctor;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;

/** A connection to the service {@code ekm}, as the native library makes it ({@code docs/channel.md}). For one thread. */
final class ServiceProbe implements AutoCloseable {

    private static final int GREETING = 1;
    private static final int MAGIC = 0x434f4652;
    private static final int VERSION = 1;
    private static final int HEADER = 12;
    private static final int LARGEST = 1 << 20;

    private final SocketChannel channel;
    private long requests;

    private ServiceProbe(SocketChannel channel) {
        this.channel = channel;
    }

    /** Connects and greets; complains by {@code serviceUnavailable} and {@code serviceRefused}. */
    static ServiceProbe connect(Path socket) {
        try {
            ServiceProbe probe = new ServiceProbe(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
            probe.greet();
            return probe;
        } catch (IOException e) {
            throw HsmException.serviceUnavailable("nothing answers at " + socket + " (" + e.getMessage()
                            + "); is coffer serve running, and may this user enter its directory?")
                    .causedBy(e);
        }
    }

    private void greet() throws IOException {
        byte[] number = new byte[16];
        new SecureRandom().nextBytes(number);
        Reply welcome = exchange(
                GREETING,
                new MessageWriter(128)
                        .u32(MAGIC)
                        .u16(VERSION)
                        .text("ekm")
                        .raw(number)
                        .u64(ProcessHandle.current().pid())
                        .text("coffer ekm doctor")
                        .bytes(new byte[0]));
        if (welcome.status() != 0) {
            channel.close();
            throw HsmException.serviceRefused(
                    "the service turns this program away: status 0x" + Integer.toHexString(welcome.status()));
        }
    }

    /** Sends one request and waits for its reply. */
    Reply ask(int operation, MessageWriter fields) {
        try {
            return exchange(operation, fields);
        } catch (IOException e) {
            throw HsmException.serviceUnavailable("the service went away: " + e.getMessage())
                    .causedBy(e);
        }
    }

    private Reply exchange(int operation, MessageWriter fields) throws IOException {
        MessageWriter header = new MessageWriter(16)
                .u32(HEADER + fields.size())
                .u64(++requests)
                .u32(operation);
        Channels.newOutputStream(channel).write(bytes(header));
        Channels.newOutputStream(channel).write(bytes(fields));
        fields.clear();
        return reply();
    }

    private static byte[] bytes(MessageWriter written) {
        byte[] bytes = new byte[written.size()];
        written.written().get(bytes);
        return bytes;
    }

    private Reply reply() throws IOException {
        ByteBuffer header = exactly(HEADER + Integer.BYTES);
        int length = header.getInt() - HEADER;
        header.getLong();
        int status = header.getInt();
        if (length < 0 || length > LARGEST) {
            throw new IOException("it answers with " + length + " bytes");
        }
        return new Reply(status, new MessageReader(exactly(length)));
    }

    private ByteBuffer exactly(int bytes) throws IOException {
        ByteBuffer all = ByteBuffer.allocate(bytes);
        while (all.hasRemaining()) {
            if (channel.read(all) < 0) {
                throw new EOFException("it closed the connection");
            }
        }
        return all.flip();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw HsmException.serviceUnavailable("the connection cannot be closed: " + e.getMessage())
                    .causedBy(e);
        }
    }

    /** What came back. */
    record Reply(int status, MessageReader fields) {}
}
