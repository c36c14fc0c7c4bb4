package org.cofferhsm.ekm.doctor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.cofferhsm.hsm.ServiceAddress;
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

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TimedConnection connection;
    private long requests;

    private ServiceProbe(TimedConnection connection) {
        this.connection = connection;
    }

    /** Connects and greets; complains by {@code serviceUnavailable} and {@code serviceRefused}. */
    static ServiceProbe connect(ServiceAddress service) {
        return connect(service, PATIENCE);
    }

    static ServiceProbe connect(ServiceAddress service, Duration patience) {
        Optional<SharedSecret> secret = service.secretFile().map(SharedSecret::of);
        try {
            ServiceProbe probe = new ServiceProbe(TimedConnection.open(service.place(), patience));
            probe.greetOrClose(secret);
            return probe;
        } catch (IOException e) {
            throw HsmException.serviceUnavailable("nothing answers at " + service + " (" + e.getMessage()
                            + "); is coffer serve running, and may this user enter its directory?")
                    .causedBy(e);
        } finally {
            secret.ifPresent(SharedSecret::close);
        }
    }

    private void greetOrClose(Optional<SharedSecret> secret) throws IOException {
        boolean welcome = false;
        try {
            greet(secret);
            welcome = true;
        } finally {
            if (!welcome) {
                connection.close();
            }
        }
    }

    private void greet(Optional<SharedSecret> secret) throws IOException {
        byte[] token = secret.map(SharedSecret::shown).orElseGet(() -> new byte[0]);
        Reply reply = exchange(GREETING, greeting().bytes(token));
        Arrays.fill(token, (byte) 0);
        if (reply.status() != 0) {
            throw HsmException.serviceRefused("the service turns this program away: status 0x"
                    + Integer.toHexString(reply.status()) + "; its log says why");
        }
        secret.ifPresent(known -> known.requireProof(proof(reply.fields())));
    }

    private static MessageWriter greeting() {
        byte[] number = new byte[16];
        new SecureRandom().nextBytes(number);
        return new MessageWriter(128)
                .u32(MAGIC)
                .u16(VERSION)
                .text("ekm")
                .raw(number)
                .u64(ProcessHandle.current().pid())
                .text("coffer ekm doctor");
    }

    /** At the end of the welcome, where a token was asked for. */
    private static byte[] proof(MessageReader welcome) {
        welcome.u16();
        welcome.u8();
        welcome.bytes();
        welcome.text();
        return welcome.atEnd() ? new byte[0] : welcome.bytes();
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
        connection.write(header.written());
        connection.write(fields.written());
        fields.clear();
        return reply();
    }

    private Reply reply() throws IOException {
        ByteBuffer header = connection.exactly(HEADER + Integer.BYTES);
        int length = header.getInt() - HEADER;
        header.getLong();
        int status = header.getInt();
        if (length < 0 || length > LARGEST) {
            throw new IOException("it answers with " + length + " bytes");
        }
        return new Reply(status, new MessageReader(connection.exactly(length)));
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (IOException e) {
            throw HsmException.serviceUnavailable("the connection cannot be closed: " + e.getMessage())
                    .causedBy(e);
        }
    }

    /** What came back. */
    record Reply(int status, MessageReader fields) {}
}
