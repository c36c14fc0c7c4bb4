package org.cofferhsm.hsm.crypto;

import java.security.InvalidKeyException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.SecretBytes;

/**
 * HMAC-SHA-256 under one key of the module's own (FIPS 198-1): 32 bytes over whatever is given. Keyed MACs are pooled, so
 * that a call costs no more than its hashing. Safe for use by several threads.
 */
public final class MacKey implements AutoCloseable {

    private static final String HMAC = "HmacSHA256";

    private final EngineKey key;
    private final Pool<Mac> macs;

    /** Under a copy of {@code key}, 32 bytes. */
    public MacKey(Engine engine, SecretBytes key) {
        PurposeKeys.requireLength(key);
        this.key = key.use(bytes -> SecretKeys.copyOf(KeyType.SHA256_HMAC, bytes));
        this.macs = new Pool<>(() -> keyed(engine.mac(HMAC)));
    }

    /** The MAC of {@code data}. */
    public byte[] mac(byte[] data) {
        Mac mac = macs.take();
        byte[] result = mac.doFinal(data); // leaves it ready for the next message
        macs.give(mac);
        return result;
    }

    /** Whether {@code expected} is the MAC of {@code data}, compared in constant time. */
    public boolean verify(byte[] data, byte[] expected) {
        return MessageDigest.isEqual(mac(data), expected);
    }

    /** Wipes the key; no more MACs are made. */
    @Override
    public void close() {
        key.destroy();
        macs.forget();
    }

    private Mac keyed(Mac mac) {
        try {
            mac.init(key.jca());
            return mac;
        } catch (InvalidKeyException e) {
            throw HsmException.internal("the engine refused a key for HMAC-SHA-256")
                    .causedBy(e);
        }
    }
}
