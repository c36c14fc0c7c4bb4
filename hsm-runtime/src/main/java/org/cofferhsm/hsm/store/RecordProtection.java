package org.cofferhsm.hsm.store;

import org.cofferhsm.hsm.key.SecretBytes;

/** How the store seals secrets and authenticates what is in the clear, under keys that it never sees. */
public interface RecordProtection {

    /** Encrypts {@code secret}, bound to {@code context} (AES-256-GCM: IV, ciphertext, 16-byte tag). */
    byte[] seal(byte[] context, SecretBytes secret);

    /** Decrypts; complains by {@code encryptedDataInvalid} when either argument was altered. */
    SecretBytes open(byte[] context, byte[] sealed);

    /** A keyed digest (HMAC-SHA-256), 32 bytes. */
    byte[] mac(byte[] data);
}
