package org.cofferhsm.ekm;

import java.util.Arrays;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;

/**
 * What SQL Server knows a key by, for as long as a database or a backup refers to it: 20 bytes, of the 32 that EKM
 * allows.
 *
 * <p>The formula is fixed for ever. Of an RSA key: the first 20 bytes of SHA-256 over its DER-encoded
 * SubjectPublicKeyInfo (RFC 5280 §4.1.2.7). Of an AES key: 20 random bytes drawn when it is made. Both are the key's
 * {@code id} attribute (CKA_ID).
 */
public record Thumbprint(Octets bytes) {

    /** The length of a thumbprint in bytes. */
    public static final int LENGTH = 20;

    public Thumbprint {
        if (bytes.length() != LENGTH) {
            throw HsmException.argumentInvalid(
                    "a thumbprint of this provider has " + LENGTH + " bytes, not " + bytes.length());
        }
    }

    /** The thumbprint that somebody looks for; one of another length is nobody's, and complains by NOT_FOUND. */
    public static Thumbprint sought(Octets bytes) {
        if (bytes.length() != LENGTH) {
            throw EkmStatus.NOT_FOUND.because("no key has a thumbprint of " + bytes.length() + " bytes");
        }
        return new Thumbprint(bytes);
    }

    /** The thumbprint in the SHA-256 digest of a SubjectPublicKeyInfo. */
    static Thumbprint ofDigest(byte[] digest) {
        return new Thumbprint(Octets.of(Arrays.copyOf(digest, LENGTH)));
    }

    /** Hex digits, as {@code sys.asymmetric_keys} shows it. */
    @Override
    public String toString() {
        return bytes.toString();
    }
}
