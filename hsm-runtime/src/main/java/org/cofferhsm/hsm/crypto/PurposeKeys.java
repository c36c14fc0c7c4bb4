package org.cofferhsm.hsm.crypto;

import java.nio.charset.StandardCharsets;
import org.cofferhsm.hsm.crypto.kdf.HkdfFunction;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Hash;
import org.cofferhsm.hsm.key.SecretBytes;

/** One 256-bit key per purpose, derived from the module master key by HKDF-SHA-256 (RFC 5869) with a label of its own. */
public final class PurposeKeys {

    /** The length of the master key and of every derived key. */
    public static final int BYTES = 32;

    private static final byte[] NO_SALT = {};

    private final HkdfFunction hkdf;
    private final SecretBytes master;

    /** From {@code master}, 32 bytes, which stays the caller's to wipe and is lent for each derivation. */
    public PurposeKeys(Engine engine, SecretBytes master) {
        requireLength(master);
        this.hkdf = new HkdfFunction(engine, Hash.SHA256);
        this.master = master;
    }

    /** The key for a purpose; the caller closes it. */
    public SecretBytes key(Purpose purpose) {
        byte[] label = purpose.label().getBytes(StandardCharsets.US_ASCII);
        return SecretBytes.owning(master.use(bytes -> hkdf.derive(bytes, NO_SALT, label, BYTES)));
    }

    static void requireLength(SecretBytes key) {
        if (key.length() != BYTES) {
            throw HsmException.keySizeRange("a key of the module has " + BYTES + " bytes, not " + key.length());
        }
    }
}
