package org.cofferhsm.hsm.key;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A mechanism with its parameters, as a caller names it: PKCS#11's CK_MECHANISM.
 *
 * <p>The constants take no parameters or carry the usual ones; the factories take the rest.
 */
public record Algorithm(MechanismType type, Parameters parameters) {

    /** AES-GCM with an IV that the module makes, put before the ciphertext; 128-bit tag, no additional data. */
    public static final Algorithm AES_GCM = aesGcm(Octets.EMPTY);

    public static final Algorithm AES_ECB = of(MechanismType.AES_ECB);
    public static final Algorithm AES_CMAC = of(MechanismType.AES_CMAC);
    /** AES key wrap without padding (RFC 3394, SP 800-38F KW). */
    public static final Algorithm AES_KW = of(MechanismType.AES_KEY_WRAP);
    /** AES key wrap with padding (RFC 5649, SP 800-38F KWP). */
    public static final Algorithm AES_KWP = of(MechanismType.AES_KEY_WRAP_KWP);

    public static final Algorithm SHA256 = of(MechanismType.SHA256);
    public static final Algorithm SHA384 = of(MechanismType.SHA384);
    public static final Algorithm SHA512 = of(MechanismType.SHA512);
    public static final Algorithm SHA256_HMAC = of(MechanismType.SHA256_HMAC);
    public static final Algorithm SHA384_HMAC = of(MechanismType.SHA384_HMAC);
    public static final Algorithm SHA512_HMAC = of(MechanismType.SHA512_HMAC);

    public static final Algorithm RSA_PKCS = of(MechanismType.RSA_PKCS);
    public static final Algorithm SHA256_RSA_PKCS = of(MechanismType.SHA256_RSA_PKCS);
    public static final Algorithm SHA384_RSA_PKCS = of(MechanismType.SHA384_RSA_PKCS);
    public static final Algorithm SHA512_RSA_PKCS = of(MechanismType.SHA512_RSA_PKCS);
    public static final Algorithm SHA256_RSA_PSS = rsaPss(MechanismType.SHA256_RSA_PKCS_PSS, Hash.SHA256);
    public static final Algorithm SHA384_RSA_PSS = rsaPss(MechanismType.SHA384_RSA_PKCS_PSS, Hash.SHA384);
    public static final Algorithm SHA512_RSA_PSS = rsaPss(MechanismType.SHA512_RSA_PKCS_PSS, Hash.SHA512);
    public static final Algorithm RSA_OAEP_SHA256 = rsaOaep(Hash.SHA256);
    public static final Algorithm RSA_AES_SHA256 = rsaAes(256, Hash.SHA256);

    /** ECDSA on a digest; signatures are r || s of equal length, as in PKCS#11. */
    public static final Algorithm ECDSA = of(MechanismType.ECDSA);

    public static final Algorithm ECDSA_SHA256 = of(MechanismType.ECDSA_SHA256);
    public static final Algorithm ECDSA_SHA384 = of(MechanismType.ECDSA_SHA384);
    public static final Algorithm ECDSA_SHA512 = of(MechanismType.ECDSA_SHA512);
    public static final Algorithm EDDSA = of(MechanismType.EDDSA);
    public static final Algorithm ML_DSA = of(MechanismType.ML_DSA);
    public static final Algorithm ML_KEM = of(MechanismType.ML_KEM);

    /** The mechanism without parameters. */
    public static Algorithm of(MechanismType type) {
        return new Algorithm(type, new Parameters.None());
    }

    /** AES-GCM with an IV that the module makes, put before the ciphertext. */
    public static Algorithm aesGcm(Octets aad) {
        return new Algorithm(MechanismType.AES_GCM, new Parameters.Gcm(Optional.empty(), aad, 128));
    }

    /** AES-GCM with the caller's IV, which must never repeat under one key. */
    public static Algorithm aesGcmWithCallerIv(Octets iv, Octets aad, int tagBits) {
        return new Algorithm(MechanismType.AES_GCM, new Parameters.Gcm(Optional.of(iv), aad, tagBits));
    }

    public static Algorithm aesCbc(Octets iv) {
        return new Algorithm(MechanismType.AES_CBC, new Parameters.Iv(iv));
    }

    /** AES-CBC with PKCS#7 padding. */
    public static Algorithm aesCbcPad(Octets iv) {
        return new Algorithm(MechanismType.AES_CBC_PAD, new Parameters.Iv(iv));
    }

    /** AES-CTR; {@code counterBlock} is the first of the 128-bit counter blocks. */
    public static Algorithm aesCtr(Octets counterBlock) {
        return new Algorithm(MechanismType.AES_CTR, new Parameters.Iv(counterBlock));
    }

    /** RSASSA-PSS with MGF1 of the same hash and a salt as long as the digest. */
    public static Algorithm rsaPss(MechanismType type, Hash hash) {
        return new Algorithm(type, new Parameters.Pss(hash, hash, hash.bytes()));
    }

    /** RSAES-OAEP with MGF1 of the same hash and an empty label. */
    public static Algorithm rsaOaep(Hash hash) {
        return new Algorithm(MechanismType.RSA_PKCS_OAEP, new Parameters.Oaep(hash, hash, Octets.EMPTY));
    }

    public static Algorithm rsaAes(int aesBits, Hash hash) {
        Parameters.Oaep oaep = new Parameters.Oaep(hash, hash, Octets.EMPTY);
        return new Algorithm(MechanismType.RSA_AES_KEY_WRAP, new Parameters.RsaAes(aesBits, oaep));
    }

    /** The plain shared secret with {@code peer}, cut to the length of the key derived. */
    public static Algorithm ecdh(Octets peer) {
        return new Algorithm(MechanismType.ECDH1_DERIVE, new Parameters.Ecdh(peer, Optional.empty(), Octets.EMPTY));
    }

    public static Algorithm hkdf(Hash hash, Octets salt, Octets info) {
        return new Algorithm(MechanismType.HKDF_DERIVE, new Parameters.Hkdf(hash, salt, info));
    }

    /**
     * SP 800-108r1 §4.1 with the usual fixed input: label, a zero byte, context, and the length of the derived key.
     *
     * @param derivedBits the length of the derived key in bits
     */
    public static Algorithm counterKdf(MechanismType prf, String label, Octets context, int derivedBits) {
        byte[] text = label.getBytes(StandardCharsets.UTF_8);
        ByteBuffer fixed = ByteBuffer.allocate(text.length + 1 + context.length() + 4);
        fixed.put(text).put((byte) 0).put(context.toByteArray()).putInt(derivedBits);
        return new Algorithm(
                MechanismType.SP800_108_COUNTER_KDF, new Parameters.CounterKdf(prf, 32, Octets.of(fixed.array())));
    }

    @Override
    public String toString() {
        return type.name();
    }
}
