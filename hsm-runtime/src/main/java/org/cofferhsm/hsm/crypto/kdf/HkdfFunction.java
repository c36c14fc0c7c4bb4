package org.cofferhsm.hsm.crypto.kdf;

import java.security.InvalidKeyException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Hash;

/** The two steps of HKDF with one hash (RFC 5869), over the engine's HMAC. */
public final class HkdfFunction {

    private static final int MAX_BLOCKS = 255;

    private final Engine engine;
    private final Hash hash;

    public HkdfFunction(Engine engine, Hash hash) {
        this.engine = engine;
        this.hash = hash;
    }

    /** The longest output in bytes. */
    public int maxBytes() {
        return MAX_BLOCKS * hash.bytes();
    }

    /** Extract and expand. The caller wipes the result. */
    public byte[] derive(byte[] secret, byte[] salt, byte[] info, int bytes) {
        byte[] pseudorandomKey = extract(secret, salt);
        try {
            return expand(pseudorandomKey, info, bytes);
        } finally {
            Arrays.fill(pseudorandomKey, (byte) 0);
        }
    }

    /** RFC 5869 §2.2. The caller wipes the result. */
    byte[] extract(byte[] secret, byte[] salt) {
        return keyed(salt.length == 0 ? new byte[hash.bytes()] : salt).doFinal(secret);
    }

    /** RFC 5869 §2.3. The caller wipes the result. */
    byte[] expand(byte[] pseudorandomKey, byte[] info, int bytes) {
        if (bytes < 0 || bytes > maxBytes()) {
            throw HsmException.keySizeRange(
                    "HKDF with " + hash.standardName() + " gives at most " + maxBytes() + " bytes, not " + bytes);
        }
        Mac mac = keyed(pseudorandomKey);
        byte[] output = new byte[bytes];
        byte[] block = new byte[0];
        for (int done = 0, counter = 1; done < bytes; done += block.length, counter++) {
            mac.update(block);
            Arrays.fill(block, (byte) 0);
            mac.update(info);
            mac.update((byte) counter);
            block = mac.doFinal();
            System.arraycopy(block, 0, output, done, Math.min(block.length, bytes - done));
        }
        Arrays.fill(block, (byte) 0);
        return output;
    }

    private Mac keyed(byte[] key) {
        Mac mac = engine.mac("Hmac" + hash.standardName().replace("-", ""));
        try {
            mac.init(new SecretKeySpec(key, mac.getAlgorithm()));
        } catch (InvalidKeyException e) {
            throw HsmException.internal("the engine refused an HMAC key").causedBy(e);
        }
        return mac;
    }
}
