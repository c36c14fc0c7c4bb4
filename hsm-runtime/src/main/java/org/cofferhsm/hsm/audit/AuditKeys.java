package org.cofferhsm.hsm.audit;

/** What authenticates the log, under keys that it never sees. */
public interface AuditKeys {

    /** HMAC-SHA-256 over a record's chain hash, 32 bytes. */
    byte[] mac(byte[] hash);

    /** The module's signature over a checkpoint (ECDSA P-256 with SHA-256, DER). */
    byte[] sign(byte[] checkpoint);

    /** The public key of {@link #sign} as X.509 SubjectPublicKeyInfo, kept beside the log for verifiers. */
    byte[] publicKey();
}
