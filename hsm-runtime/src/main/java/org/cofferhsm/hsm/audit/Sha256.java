package org.cofferhsm.hsm.audit;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.cofferhsm.hsm.error.HsmException;

/** SHA-256 (FIPS 180-4) of two pieces, as the log's chain needs it. Not safe for use by several threads. */
final class Sha256 {

    /** The length of a digest, in bytes. */
    static final int LENGTH = 32;

    private final MessageDigest digest;

    Sha256() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw HsmException.internal("this Java runtime has no SHA-256").causedBy(e);
        }
    }

    static byte[] of(byte[] bytes) {
        return new Sha256().digest.digest(bytes);
    }

    byte[] of(byte[] first, byte[] second) {
        digest.update(first);
        return digest.digest(second);
    }

    /** Like {@link #of(byte[], byte[])}, into an array that the caller has. */
    void into(byte[] target, byte[] first, byte[] second) {
        try {
            digest.update(first);
            digest.update(second);
            digest.digest(target, 0, LENGTH);
        } catch (DigestException e) {
            throw HsmException.internal("SHA-256 did not give 32 bytes").causedBy(e);
        }
    }
}
