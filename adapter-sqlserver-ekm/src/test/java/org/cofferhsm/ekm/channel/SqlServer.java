package org.cofferhsm.ekm.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.cofferhsm.ekm.EkmAlgorithm;
import org.cofferhsm.ekm.EkmStatus;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.spi.Client;
import org.cofferhsm.hsm.spi.ClientCalls;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;
import org.cofferhsm.hsm.testing.TestModule;

/** A SQL Server that has loaded the provider: sends what the native library would. */
final class SqlServer implements AutoCloseable {

    static final byte[] NUMBER = "sixteen bytes of".getBytes(StandardCharsets.US_ASCII);
    static final byte[] NO_IV = {};

    private final ClientCalls calls;
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final AtomicLong sessions = new AtomicLong();

    private SqlServer(Hsm hsm, Client client) {
        calls = new EkmService().connect(hsm, client, log::add);
    }

    static SqlServer of(Hsm hsm) {
        return new SqlServer(hsm, new Client("mssql", Octets.of(NUMBER), 1433, "sqlservr"));
    }

    static SqlServer withNumber(Hsm hsm, byte[] number) {
        return new SqlServer(hsm, new Client("mssql", Octets.of(number), 1434, "sqlservr"));
    }

    List<String> log() {
        return log;
    }

    /** Does an operation that has to succeed, and gives its results. */
    MessageReader call(Operation operation, Consumer<MessageWriter> fields) {
        MessageWriter reply = new MessageWriter(64);
        int status = answer(operation.number(), fields, reply);
        assertThat(EkmStatus.ofCode(status)).as("%s %s", operation, log).contains(EkmStatus.SUCCESS);
        return new MessageReader(reply.written());
    }

    /** Does an operation that has to be refused; gives the reason in words. */
    String refused(EkmStatus status, Operation operation, Consumer<MessageWriter> fields) {
        MessageWriter reply = new MessageWriter(64);
        assertThat(EkmStatus.ofCode(answer(operation.number(), fields, reply)))
                .as("the status of %s", operation)
                .contains(status);
        MessageReader why = new MessageReader(reply.written());
        String text = why.text();
        why.end();
        return text;
    }

    int answer(int operation, Consumer<MessageWriter> fields, MessageWriter reply) {
        MessageWriter request = new MessageWriter(64);
        fields.accept(request);
        byte[] bytes = new byte[request.size()];
        request.written().get(bytes);
        return calls.call(operation, new MessageReader(ByteBuffer.wrap(bytes)), reply);
    }

    /** A session for the credential of a user of the test's module; its number. */
    long open(String user) {
        long session = sessions.incrementAndGet();
        ticket(session, user);
        return session;
    }

    /** Opens the session; its ticket. */
    byte[] ticket(long session, String user) {
        return call(Operation.OPEN_SESSION, credential(session, user, TestModule.PIN))
                .bytes();
    }

    static Consumer<MessageWriter> credential(long session, String user, String secret) {
        return out -> out.u64(session).text(user).bytes(secret.getBytes(StandardCharsets.UTF_8));
    }

    void close(long session) {
        call(Operation.CLOSE_SESSION, out -> out.u64(session));
    }

    byte[] create(long session, String name, EkmAlgorithm algorithm) {
        return call(Operation.CREATE_KEY, creation(session, name, algorithm.id()))
                .bytes();
    }

    static Consumer<MessageWriter> creation(long session, String name, int algorithm) {
        return out -> out.u64(session).text(name).u32(algorithm).u32(0);
    }

    static Consumer<MessageWriter> key(long session, byte[] thumbprint) {
        return out -> out.u64(session).bytes(thumbprint);
    }

    static Consumer<MessageWriter> data(long session, byte[] thumbprint, byte[] iv, byte[] data) {
        return out -> out.u64(session).bytes(thumbprint).bytes(iv).bytes(data);
    }

    byte[] encrypt(long session, byte[] thumbprint, byte[] plaintext) {
        return call(Operation.ENCRYPT, data(session, thumbprint, NO_IV, plaintext))
                .bytes();
    }

    byte[] decrypt(long session, byte[] thumbprint, byte[] ciphertext) {
        return call(Operation.DECRYPT, data(session, thumbprint, NO_IV, ciphertext))
                .bytes();
    }

    @Override
    public void close() {
        calls.close();
    }
}
