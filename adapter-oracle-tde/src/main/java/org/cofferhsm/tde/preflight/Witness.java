package org.cofferhsm.tde.preflight;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;

/**
 * What a key once encrypted by AES-CBC, so that it can be asked later whether it is still the same key. No secret: the
 * plaintext was random and only its digest is kept.
 *
 * @param label the key's
 * @param digest SHA-256 of the plaintext
 */
public record Witness(String label, Octets iv, Octets ciphertext, Octets digest) {

    private static final int PARTS = 4;

    /** Whether this is the plaintext. */
    public boolean confirms(byte[] plaintext) {
        return MessageDigest.isEqual(sha256(plaintext).toByteArray(), digest.toByteArray());
    }

    /** SHA-256. */
    public static Octets sha256(byte[] data) {
        try {
            return Octets.of(MessageDigest.getInstance("SHA-256").digest(data));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** One line: label, IV, ciphertext, digest. */
    public String line() {
        return String.join(" ", label, iv.toHex(), ciphertext.toHex(), digest.toHex());
    }

    /** Reads {@link #line}. */
    public static Witness parse(String line) {
        String[] parts = line.split(" ", -1);
        try {
            if (parts.length == PARTS) {
                return new Witness(parts[0], Octets.ofHex(parts[1]), Octets.ofHex(parts[2]), Octets.ofHex(parts[3]));
            }
        } catch (IllegalArgumentException e) {
            throw malformed(line).causedBy(e);
        }
        throw malformed(line);
    }

    private static HsmException malformed(String line) {
        return HsmException.dataInvalid("a line of what earlier preflights saw is malformed: " + line
                + "; restore the file from a copy, or name a new one");
    }
}
