package org.cofferhsm.hsm.crypto.aes;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.crypto.Pool;
import org.cofferhsm.hsm.error.HsmException;
import org.jspecify.annotations.Nullable;

/** Ciphers of one transformation: pooled for data in one call, fresh for data in parts. */
final class CipherPool {

    /** AES's block in bytes. */
    static final int BLOCK = 16;

    /** The most that one call takes, in bytes: 64 MiB. */
    static final int MAX_BYTES = 64 << 20;

    private final Engine engine;
    private final String transformation;
    private final Pool<Cipher> ciphers;

    CipherPool(Engine engine, String transformation) {
        this.engine = engine;
        this.transformation = transformation;
        this.ciphers = new Pool<>(this::fresh);
    }

    /** Enciphers or deciphers all of {@code data}; complains by {@code dataLengthRange} when that is too much. */
    byte[] apply(int mode, EngineKey key, @Nullable AlgorithmParameterSpec spec, byte[] data)
            throws IllegalBlockSizeException, BadPaddingException {
        requireOneCall(data.length);
        Cipher cipher = ciphers.take();
        initialize(cipher, mode, key, spec);
        byte[] result = cipher.doFinal(data);
        ciphers.give(cipher);
        return result;
    }

    /** A cipher of its own for data in parts. */
    Cipher start(int mode, EngineKey key, @Nullable AlgorithmParameterSpec spec) {
        Cipher cipher = fresh();
        initialize(cipher, mode, key, spec);
        return cipher;
    }

    void forget() {
        ciphers.forget();
    }

    static void requireOneCall(int bytes) {
        if (bytes > MAX_BYTES) {
            throw HsmException.dataLengthRange(
                    "one call takes at most " + MAX_BYTES + " bytes, not " + bytes + "; pass longer data in parts");
        }
    }

    private Cipher fresh() {
        return engine.cipher(transformation);
    }

    private void initialize(Cipher cipher, int mode, EngineKey key, @Nullable AlgorithmParameterSpec spec) {
        try {
            cipher.init(mode, key.jca(), spec);
        } catch (InvalidKeyException | InvalidAlgorithmParameterException e) {
            throw HsmException.internal("the engine refused a checked key or IV for " + transformation)
                    .causedBy(e);
        }
    }
}
