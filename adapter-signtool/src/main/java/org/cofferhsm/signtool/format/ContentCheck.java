package org.cofferhsm.signtool.format;

import java.util.Optional;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;

/**
 * What came out when a file was held against a signature's description of it.
 *
 * @param algorithm the hash function of the file's digest
 * @param signed the digest that the signature names
 * @param computed the digest that the file has
 * @param pages what the page hashes say
 * @param uncovered what the file holds that no digest covers and that could carry anything: data behind the signature
 *     in a PE certificate table; empty for a file that hides nothing
 */
public record ContentCheck(
        DigestAlgorithm algorithm, Octets signed, Octets computed, Pages pages, Optional<String> uncovered) {

    /** What the page hashes say. */
    public enum Pages {
        /** The signature has none. */
        ABSENT,
        /** Every page is as it was signed. */
        MATCH,
        /** A page differs, or the table is not the one of this file. */
        DIFFER
    }

    /** For formats without page hashes that cover everything. */
    public static ContentCheck of(DigestAlgorithm algorithm, Octets signed, Octets computed) {
        return new ContentCheck(algorithm, signed, computed, Pages.ABSENT, Optional.empty());
    }

    /** Whether the file's digest is the signed one. */
    public boolean digestMatches() {
        return signed.equals(computed);
    }

    /** Whether the file is what was signed, and nothing else. */
    public boolean passed() {
        return digestMatches() && pages != Pages.DIFFER && uncovered.isEmpty();
    }
}
