package org.cofferhsm.ekm.standin;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntSupplier;
import org.cofferhsm.ekm.EkmAlgorithm;
import org.cofferhsm.ekm.EkmKey;
import org.cofferhsm.ekm.EkmStatus;
import org.cofferhsm.ekm.KeyFlag;
import org.cofferhsm.ekm.ProviderInfo;
import org.cofferhsm.ekm.Thumbprint;
import org.cofferhsm.ekm.doctor.LibraryCheck;
import org.cofferhsm.ekm.standin.OutBuffers.Place;
import org.cofferhsm.hsm.key.Octets;

/**
 * The functions of a native library, called as SQL Server calls them on 64-bit systems: structs by their offsets, buffers that are
 * the caller's.
 */
public final class NativeCallbacks implements Callbacks {

    private static final int DATA = 16;

    private final NativeLibrary library;
    private final OutBuffers buffers;

    /** Loads a library; the random numbers choose the sizes of buffers. */
    public NativeCallbacks(Path file, Random random) {
        library = NativeLibrary.getInstance(file.toAbsolutePath().toString());
        buffers = new OutBuffers(random);
        LibraryCheck.EXPORTS.forEach(library::getFunction);
    }

    private int invoke(String name, Object... arguments) {
        Function function = library.getFunction("SqlCrypt" + name);
        return function.invokeInt(arguments);
    }

    private static void require(int code) {
        if (code != EkmStatus.SUCCESS.code()) {
            throw new ProviderRefusal(code);
        }
    }

    private static Memory zeros(int size) {
        Memory made = new Memory(size);
        made.clear();
        return made;
    }

    private static Memory handle(long session) {
        Memory made = zeros(Long.BYTES);
        made.setLong(0, session);
        return made;
    }

    private static Memory data(Guarded bytes) {
        Memory made = zeros(DATA);
        new Place(made, 0).set(bytes.size(), bytes.pointer());
        return made;
    }

    private static Guarded utf16(String text) {
        return Guarded.of(text.getBytes(StandardCharsets.UTF_16LE));
    }

    private static Guarded thumbprint(Thumbprint key) {
        return Guarded.of(key.bytes().toByteArray());
    }

    private static String text(byte[] utf16) {
        return new String(utf16, StandardCharsets.UTF_16LE);
    }

    @Override
    public void initialize() {
        require(invoke("InitializeProvider"));
    }

    @Override
    public void free() {
        require(invoke("FreeProvider"));
    }

    @Override
    public long openSession(String name, String secret) {
        try (Guarded user = utf16(name);
                Guarded pin = utf16(secret);
                Memory credential = zeros(2 * DATA);
                Memory session = handle(0)) {
            new Place(credential, 0).set(user.size(), user.pointer());
            new Place(credential, DATA).set(pin.size(), pin.pointer());
            require(invoke("OpenSession", credential, session));
            return session.getLong(0);
        }
    }

    @Override
    public void closeSession(long session, boolean abort) {
        try (Memory handle = handle(session)) {
            require(invoke("CloseSession", handle, (byte) (abort ? 1 : 0)));
        }
    }

    @Override
    public ProviderInfo information() {
        try (Memory struct = zeros(InfoStruct.BYTES)) {
            byte[] name = only(() -> invoke("GetProviderInfo", struct), new Place(struct, 0));
            return InfoStruct.read(struct, text(name));
        }
    }

    private byte[] only(IntSupplier function, Place place) {
        return buffers.call(function, place).get(0);
    }

    @Override
    public int nextAlgorithm(int algorithm) {
        try (Memory id = zeros(Integer.BYTES)) {
            id.setInt(0, algorithm);
            require(invoke("GetNextAlgorithmId", id));
            return id.getInt(0);
        }
    }

    @Override
    public EkmAlgorithm algorithm(int id) {
        try (Memory struct = zeros(40)) {
            byte[] tag = only(() -> invoke("GetAlgorithmInfo", id, struct), new Place(struct, 8));
            EkmAlgorithm found = EkmAlgorithm.ofTag(text(tag));
            boolean same = struct.getInt(0) == found.id()
                    && struct.getInt(24) == (found.isAsymmetric() ? 1 : 0)
                    && struct.getInt(28) == found.bits()
                    && struct.getInt(32) == found.ivBits();
            if (!same) {
                throw new IllegalStateException("the library tells other facts about " + found);
            }
            return found;
        }
    }

    @Override
    public Thumbprint createKey(long session, String name, int algorithm, int flags) {
        try (Memory handle = handle(session);
                Guarded text = utf16(name);
                Memory label = data(text);
                Memory out = zeros(DATA)) {
            byte[] made = only(() -> invoke("CreateKey", handle, label, algorithm, flags, out), new Place(out, 0));
            return new Thumbprint(Octets.of(made));
        }
    }

    @Override
    public void dropKey(long session, Thumbprint key) {
        try (Memory handle = handle(session);
                Guarded bytes = thumbprint(key);
                Memory which = data(bytes)) {
            require(invoke("DropKey", handle, which));
        }
    }

    @Override
    public int nextKey(long session, int key) {
        try (Memory handle = handle(session);
                Memory id = zeros(Integer.BYTES)) {
            id.setInt(0, key);
            require(invoke("GetNextKeyId", handle, id));
            return id.getInt(0);
        }
    }

    @Override
    public EkmKey keyById(long session, int key) {
        return key(session, "GetKeyInfoByKeyId", key);
    }

    @Override
    public EkmKey keyByThumbprint(long session, Thumbprint key) {
        try (Guarded bytes = thumbprint(key);
                Memory which = data(bytes)) {
            return key(session, "GetKeyInfoByThumb", which);
        }
    }

    @Override
    public EkmKey keyByName(long session, String name) {
        try (Guarded text = utf16(name);
                Memory which = data(text)) {
            return key(session, "GetKeyInfoByName", which);
        }
    }

    private EkmKey key(long session, String function, Object which) {
        try (Memory handle = handle(session);
                Memory struct = zeros(40)) {
            List<byte[]> found = buffers.call(
                    () -> invoke(function, handle, which, struct), new Place(struct, 0), new Place(struct, DATA));
            EkmKey key = new EkmKey(
                    text(found.get(0)), new Thumbprint(Octets.of(found.get(1))), EkmAlgorithm.ofId(struct.getInt(32)));
            Set<KeyFlag> flags = KeyFlag.ofBits(struct.getInt(36));
            if (!flags.equals(key.flags())) {
                throw new IllegalStateException("the library tells the flags " + flags + " of " + key);
            }
            return key;
        }
    }

    @Override
    public byte[] exportKey(long session, Thumbprint key) {
        try (Memory handle = handle(session);
                Guarded bytes = thumbprint(key);
                Memory which = data(bytes);
                Memory out = zeros(DATA)) {
            return only(() -> invoke("ExportKey", handle, which, Pointer.NULL, 1, out), new Place(out, 0));
        }
    }

    @Override
    public void importKey(long session, String name, byte[] blob) {
        try (Memory handle = handle(session);
                Guarded text = utf16(name);
                Memory label = data(text);
                Guarded bytes = Guarded.of(blob);
                Memory key = data(bytes)) {
            require(invoke("ImportKey", handle, label, Pointer.NULL, 0, 0, key));
        }
    }

    @Override
    public byte[] encrypt(long session, Thumbprint key, byte[] iv, byte[] plaintext) {
        return cipher("Encrypt", session, key, new Guarded[] {Guarded.of(iv), Guarded.of(plaintext)});
    }

    @Override
    public byte[] decrypt(long session, Thumbprint key, byte[] iv, byte[] ciphertext) {
        return cipher("Decrypt", session, key, new Guarded[] {Guarded.of(iv), Guarded.of(ciphertext)});
    }

    private byte[] cipher(String function, long session, Thumbprint key, Guarded[] input) {
        try (Guarded iv = input[0];
                Guarded text = input[1];
                Memory handle = handle(session);
                Guarded bytes = thumbprint(key);
                Memory which = data(bytes);
                Memory parameter = zeros(DATA);
                Memory in = data(text);
                Memory out = zeros(DATA)) {
            parameter.setInt(4, iv.size());
            parameter.setPointer(8, iv.pointer());
            int count = iv.size() == 0 ? 0 : 1;
            byte[] result =
                    only(() -> invoke(function, handle, which, (byte) 1, parameter, count, in, out), new Place(out, 0));
            text.requireIntact(text.size());
            return result;
        }
    }

    @Override
    public void close() {
        library.close();
    }
}
