package org.cofferhsm.hsm.cryptoki;

import com.sun.jna.Memory;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cofferhsm.hsm.key.Octets;

/** A session with a token, logged in. Closing it ends its session objects. */
public final class ForeignSession implements AutoCloseable {

    private static final int WORD = 8;
    private static final int FOUND_AT_ONCE = 64;
    /** CK_UNAVAILABLE_INFORMATION: the token does not tell. */
    private static final long UNAVAILABLE = -1;

    private static final Set<Long> NOT_TOLD =
            Set.of(ReturnValue.ATTRIBUTE_SENSITIVE, ReturnValue.ATTRIBUTE_TYPE_INVALID);

    private final Cryptoki calls;
    private final NativeLong session;

    ForeignSession(Cryptoki calls, NativeLong session) {
        this.calls = calls;
        this.session = session;
    }

    /** The handles of all objects that have these attributes. */
    public List<Long> find(List<CryptokiAttribute> filter) {
        NativeTemplate template = new NativeTemplate(filter);
        calls.require(CryptokiCall.FIND_OBJECTS_INIT, session, template, template.count());
        try {
            return found();
        } finally {
            calls.call(CryptokiCall.FIND_OBJECTS_FINAL, session);
        }
    }

    private List<Long> found() {
        List<Long> all = new ArrayList<>();
        Words handles = calls.words(FOUND_AT_ONCE);
        Words count = calls.words(1);
        do {
            calls.require(
                    CryptokiCall.FIND_OBJECTS, session, handles.start(), new NativeLong(FOUND_AT_ONCE), count.start());
            for (long handle : handles.all((int) count.first())) {
                all.add(handle);
            }
        } while (count.first() > 0);
        return all;
    }

    /** The value of an attribute as it lies in memory; empty when the object has none or does not tell it. */
    public Optional<Octets> attribute(long object, int type) {
        Memory entry = new Memory(3 * WORD);
        entry.clear();
        entry.setNativeLong(0, new NativeLong(type, true));
        if (!isTold(object, entry) || entry.getLong(2 * WORD) == UNAVAILABLE) {
            return Optional.empty();
        }
        Memory value = new Memory(Math.max(1, entry.getLong(2 * WORD)));
        entry.setPointer(WORD, value);
        return isTold(object, entry)
                ? Optional.of(Octets.of(value.getByteArray(0, Math.toIntExact(entry.getLong(2 * WORD)))))
                : Optional.empty();
    }

    private boolean isTold(long object, Memory entry) {
        long result =
                calls.call(CryptokiCall.GET_ATTRIBUTE_VALUE, session, new NativeLong(object), entry, new NativeLong(1));
        if (result != ReturnValue.OK && !NOT_TOLD.contains(result)) {
            throw new CryptokiException(CryptokiCall.GET_ATTRIBUTE_VALUE, result);
        }
        return result == ReturnValue.OK;
    }

    /** Stores an object and returns its handle. */
    public long create(List<CryptokiAttribute> attributes) {
        NativeTemplate template = new NativeTemplate(attributes);
        Words handle = calls.words(1);
        calls.require(CryptokiCall.CREATE_OBJECT, session, template, template.count(), handle.start());
        return handle.first();
    }

    /** Makes a secret key and returns its handle. */
    public long generate(CryptokiMechanism mechanism, List<CryptokiAttribute> attributes) {
        NativeMechanism how = new NativeMechanism(mechanism);
        NativeTemplate template = new NativeTemplate(attributes);
        Words handle = calls.words(1);
        calls.require(CryptokiCall.GENERATE_KEY, session, how, template, template.count(), handle.start());
        return handle.first();
    }

    /** Changes attributes of an object. */
    public void change(long object, List<CryptokiAttribute> attributes) {
        NativeTemplate template = new NativeTemplate(attributes);
        calls.require(CryptokiCall.SET_ATTRIBUTE_VALUE, session, new NativeLong(object), template, template.count());
    }

    public void destroy(long object) {
        calls.require(CryptokiCall.DESTROY_OBJECT, session, new NativeLong(object));
    }

    public byte[] wrap(CryptokiMechanism mechanism, long wrapping, long key) {
        NativeMechanism how = new NativeMechanism(mechanism);
        return output((buffer, length) -> calls.require(
                CryptokiCall.WRAP_KEY, session, how, new NativeLong(wrapping), new NativeLong(key), buffer, length));
    }

    public byte[] sign(CryptokiMechanism mechanism, long key, byte[] data) {
        NativeMechanism how = new NativeMechanism(mechanism);
        Memory in = NativeBytes.of(data);
        calls.require(CryptokiCall.SIGN_INIT, session, how, new NativeLong(key));
        return output((buffer, length) ->
                calls.require(CryptokiCall.SIGN, session, in, new NativeLong(data.length), buffer, length));
    }

    public byte[] encrypt(CryptokiMechanism mechanism, long key, byte[] data) {
        NativeMechanism how = new NativeMechanism(mechanism);
        Memory in = NativeBytes.of(data);
        calls.require(CryptokiCall.ENCRYPT_INIT, session, how, new NativeLong(key));
        return output((buffer, length) ->
                calls.require(CryptokiCall.ENCRYPT, session, in, new NativeLong(data.length), buffer, length));
    }

    public byte[] decrypt(CryptokiMechanism mechanism, long key, byte[] data) {
        NativeMechanism how = new NativeMechanism(mechanism);
        Memory in = NativeBytes.of(data);
        calls.require(CryptokiCall.DECRYPT_INIT, session, how, new NativeLong(key));
        return output((buffer, length) ->
                calls.require(CryptokiCall.DECRYPT, session, in, new NativeLong(data.length), buffer, length));
    }

    /** Asks for the length of an output, then for the output (PKCS#11 v2.40 §5.2). */
    private byte[] output(Output call) {
        Words length = calls.words(1);
        call.write(Pointer.NULL, length.start());
        Memory buffer = new Memory(Math.max(1, length.first()));
        call.write(buffer, length.start());
        return buffer.getByteArray(0, (int) length.first());
    }

    @FunctionalInterface
    private interface Output {
        void write(Pointer buffer, Pointer length);
    }

    /** Logs out and closes; a token that is gone has done both. */
    @Override
    public void close() {
        calls.call(CryptokiCall.LOGOUT, session);
        calls.call(CryptokiCall.CLOSE_SESSION, session);
    }
}
