package org.cofferhsm.ca;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.cofferhsm.hsm.error.HsmException;

/** A key's identifier in certificates: the leftmost 160 bits of SHA-256 over it (RFC 7093 §2, method 1). */
final class KeyIdentifier {

    private static final int BYTES = 20;

    private KeyIdentifier() {}

    static byte[] of(SubjectPublicKeyInfo key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(key.getPublicKeyData().getBytes());
            return Arrays.copyOf(digest, BYTES);
        } catch (GeneralSecurityException e) {
            throw HsmException.internal("this Java runtime has no SHA-256").causedBy(e);
        }
    }
}
