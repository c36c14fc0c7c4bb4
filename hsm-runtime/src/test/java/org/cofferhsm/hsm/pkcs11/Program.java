package org.cofferhsm.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.pkcs11.wire.Ckr;
import org.cofferhsm.hsm.pkcs11.wire.Login;
import org.cofferhsm.hsm.pkcs11.wire.Operation;
import org.cofferhsm.hsm.spi.Client;
import org.cofferhsm.hsm.spi.ClientCalls;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;

/** A program that uses the module through Cryptoki: what the native library would send for it. */
public final class Program implements AutoCloseable {

    /** The number of its greeting. */
    static final byte[] NUMBER = new byte[16];

    public static final int READ_ONLY = 4;
    public static final int READ_WRITE = 6;

    private final ClientCalls calls;
    private long sessions;

    private Program(ClientCalls calls) {
        this.calls = calls;
    }

    public static Program of(Hsm hsm) {
        return of(hsm, line -> {});
    }

    /** @param log takes what the service tells its operator */
    static Program of(Hsm hsm, Consumer<String> log) {
        return new Program(new Pkcs11Service().connect(hsm, new Client("user", Octets.of(NUMBER), 42, "program"), log));
    }

    /** Does an operation that has to succeed, and gives its results. */
    public MessageReader call(Operation operation, Consumer<MessageWriter> fields) {
        MessageWriter reply = new MessageWriter(64);
        int status = answer(operation.number(), fields, reply);
        assertThat(status).as("%s is answered 0x%x", operation, status).isZero();
        return new MessageReader(reply.written());
    }

    /** Does an operation that has to be refused, with nothing in its answer. */
    public void refused(Ckr value, Operation operation, Consumer<MessageWriter> fields) {
        MessageWriter reply = new MessageWriter(64);
        int status = answer(operation.number(), fields, reply);
        assertThat("0x" + Integer.toHexString(status))
                .as("the value of %s", operation)
                .isEqualTo("0x" + Integer.toHexString(value.code()));
        assertThat(reply.size()).as("bytes after a refusal").isZero();
    }

    int answer(int operation, Consumer<MessageWriter> fields, MessageWriter reply) {
        MessageWriter request = new MessageWriter(64);
        fields.accept(request);
        return calls.call(operation, new MessageReader(copy(request)), reply);
    }

    private static ByteBuffer copy(MessageWriter request) {
        byte[] bytes = new byte[request.size()];
        request.written().get(bytes);
        return ByteBuffer.wrap(bytes);
    }

    /** Opens a session; its number. */
    public long open(int flags) {
        long session = ++sessions;
        call(Operation.OPEN_SESSION, out -> out.u64(session).u32(flags));
        return session;
    }

    public void close(long session) {
        call(Operation.CLOSE_SESSION, out -> out.u64(session));
    }

    /** Opens a read-write session and logs in. */
    public long loggedIn(String pin) {
        long session = open(READ_WRITE);
        login(session, Login.USER, pin);
        return session;
    }

    public void login(long session, int userType, String pin) {
        call(Operation.LOGIN, pin(session, userType, pin));
    }

    public static Consumer<MessageWriter> pin(long session, int userType, String pin) {
        return out -> out.u64(session).u32(userType).bytes(pin.getBytes(StandardCharsets.UTF_8));
    }

    public void logout(long session) {
        call(Operation.LOGOUT, out -> out.u64(session));
    }

    public List<Long> find(long session, TemplateBuilder template) {
        MessageReader found = call(Operation.FIND_OBJECTS, out -> template.write(out.u64(session)));
        List<Long> handles = new ArrayList<>();
        int count = found.u32();
        for (int i = 0; i < count; i++) {
            handles.add(found.u64());
        }
        return handles;
    }

    public long generate(long session, long mechanism, TemplateBuilder template) {
        return call(
                        Operation.GENERATE_KEY,
                        out -> template.write(out.u64(session).u64(mechanism).u8(0)))
                .u64();
    }

    /** The public and the private half. */
    public long[] generatePair(long session, long mechanism, TemplateBuilder publicKey, TemplateBuilder privateKey) {
        MessageReader pair = call(
                Operation.GENERATE_KEY_PAIR,
                out -> privateKey.write(
                        publicKey.write(out.u64(session).u64(mechanism).u8(0))));
        return new long[] {pair.u64(), pair.u64()};
    }

    public long create(long session, TemplateBuilder template) {
        return call(Operation.CREATE_OBJECT, out -> template.write(out.u64(session)))
                .u64();
    }

    /** The value of an attribute that is there. */
    public byte[] attribute(long session, long object, int attribute) {
        MessageReader shown = call(
                Operation.GET_ATTRIBUTES,
                out -> out.u64(session).u64(object).u32(1).u32(attribute));
        assertThat(shown.u32()).as("status of attribute 0x%x", attribute).isZero();
        assertThat(shown.u8()).isZero();
        return shown.bytes();
    }

    /** The value for the whole of a GET_ATTRIBUTES for one attribute that is not shown. */
    public Ckr hidden(long session, long object, int attribute) {
        MessageReader shown = call(
                Operation.GET_ATTRIBUTES,
                out -> out.u64(session).u64(object).u32(1).u32(attribute));
        int status = shown.u32();
        return java.util.Arrays.stream(Ckr.values())
                .filter(value -> value.code() == status)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        calls.close();
    }
}
