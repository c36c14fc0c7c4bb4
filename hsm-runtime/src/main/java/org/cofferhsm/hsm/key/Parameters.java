package org.cofferhsm.hsm.key;

import java.util.Optional;

/** The parameters of a mechanism: one record per PKCS#11 parameter structure. */
public sealed interface Parameters {

    /** The mechanism takes none, or its defaults. */
    record None() implements Parameters {}

    /** An initialisation vector or counter block, 16 bytes (AES CBC, CTR). */
    record Iv(Octets iv) implements Parameters {}

    /**
     * AES-GCM (SP 800-38D). Without an IV the module makes one of 12 random bytes and puts it before the ciphertext;
     * decryption without an IV expects it there.
     *
     * @param tagBits 96 to 128, a multiple of 8
     */
    record Gcm(Optional<Octets> iv, Octets aad, int tagBits) implements Parameters {}

    /** RSAES-OAEP (RFC 8017 §7.1). */
    record Oaep(Hash hash, Hash mgfHash, Octets label) implements Parameters {}

    /**
     * RSASSA-PSS (RFC 8017 §8.1).
     *
     * @param saltBytes the length of the salt in bytes
     */
    record Pss(Hash hash, Hash mgfHash, int saltBytes) implements Parameters {}

    /**
     * CKM_RSA_AES_KEY_WRAP (PKCS#11 v3.1 §6.1.21): an ephemeral AES key under OAEP, the payload under that key by KWP.
     *
     * @param aesBits the size of the ephemeral key in bits: 128, 192 or 256
     */
    record RsaAes(int aesBits, Oaep oaep) implements Parameters {}

    /**
     * Elliptic-curve Diffie-Hellman (SP 800-56A): the shared secret itself, or passed through ANSI X9.63's KDF.
     *
     * @param peer the other side's public point (uncompressed, SEC 1) or X25519 u-coordinate
     * @param x963Hash the hash of the KDF, when one is used
     */
    record Ecdh(Octets peer, Optional<Hash> x963Hash, Octets sharedInfo) implements Parameters {}

    /** HKDF, extract and expand (RFC 5869). An empty salt is a string of zeros. */
    record Hkdf(Hash hash, Octets salt, Octets info) implements Parameters {}

    /**
     * SP 800-108 in counter mode, counter before the fixed input: K(i) = PRF(key, [i] || fixedInput).
     *
     * @param prf SHA_1_HMAC … SHA512_HMAC or AES_CMAC
     * @param counterBits 8, 16, 24 or 32
     */
    record CounterKdf(MechanismType prf, int counterBits, Octets fixedInput) implements Parameters {}

    /** The context string of ML-DSA (FIPS 204 §5.2), 0 to 255 bytes. */
    record MlDsaContext(Octets context) implements Parameters {}
}
