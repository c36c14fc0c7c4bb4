package org.cofferhsm.hsm.crypto;

import org.cofferhsm.hsm.crypto.aes.AesGcm;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.SecretBytes;

/**
 * AES-256-GCM under one key of the module's own (SP 800-38D): 12 random bytes of IV, ciphertext, 16 bytes of tag. Random
 * IVs allow 2^32 messages under one key. Safe for use by several threads.
 */
public final class Aead implements AutoCloseable {

    private final AesGcm gcm;
    private final EngineKey key;

    /** Under a copy of {@code key}, 32 bytes. */
    public Aead(Engine engine, SecretBytes key) {
        PurposeKeys.requireLength(key);
        this.gcm = new AesGcm(engine);
        this.key = key.use(bytes -> SecretKeys.copyOf(KeyType.AES, bytes));
    }

    /** Encrypts {@code secret}, bound to {@code context}. */
    public byte[] seal(byte[] context, SecretBytes secret) {
        return secret.use(bytes -> gcm.encrypt(key, algorithm(context), bytes));
    }

    /** Decrypts; complains by {@code encryptedDataInvalid} when either argument was altered. */
    public SecretBytes open(byte[] context, byte[] sealed) {
        return SecretBytes.owning(gcm.decrypt(key, algorithm(context), sealed));
    }

    private static Algorithm algorithm(byte[] context) {
        return Algorithm.aesGcm(Octets.of(context));
    }

    /** Wipes the key. */
    @Override
    public void close() {
        key.destroy();
        gcm.forget();
    }
}
