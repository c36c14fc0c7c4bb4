package org.cofferhsm.signtool.verify;

import org.cofferhsm.hsm.error.HsmException;

/**
 * Something wrong with a signature. Every problem fails the verification; what is worth a warning only (no timestamp,
 * {@code /tw}) is no problem here and is told from the result's other values.
 *
 * @param kind what, for programs
 * @param message what, for people: one sentence without a full stop
 */
public record Problem(Kind kind, String message) {

    /** The kinds of problems, each of which fails a verification. */
    public enum Kind {
        /** The signature, or what it says, cannot be understood. */
        MALFORMED,
        /** The file's digest is another one. */
        DIGEST_MISMATCH,
        /** A page's hash is another one. */
        PAGE_HASH_MISMATCH,
        /** The file holds data that the signature does not cover. */
        UNCOVERED_DATA,
        /** The signature value is wrong, or the signed attributes do not fit the content. */
        SIGNATURE_INVALID,
        /** The signer's certificate is not there. */
        CERTIFICATE_MISSING,
        /** No chain from the signer's certificate to a trusted one. */
        CHAIN_UNTRUSTED,
        /** A certificate of the chain was not valid at that time. */
        CERTIFICATE_EXPIRED,
        /** A certificate of the chain was revoked. */
        CERTIFICATE_REVOKED,
        /** Revocation was asked for and no list covers a certificate. */
        REVOCATION_UNKNOWN,
        /** The certificate is not for signing code. */
        USAGE_WRONG,
        /** An algorithm that nobody should trust. */
        ALGORITHM_WEAK,
        /** A timestamp is bad; its own problems say why. */
        TIMESTAMP_INVALID
    }

    static Problem malformed(HsmException refusal) {
        return new Problem(Kind.MALFORMED, String.valueOf(refusal.getMessage()));
    }
}
