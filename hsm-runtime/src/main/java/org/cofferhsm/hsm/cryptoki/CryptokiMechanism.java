package org.cofferhsm.hsm.cryptoki;

import org.cofferhsm.hsm.key.Hash;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.Octets;

/**
 * A mechanism for the other token: CK_MECHANISM.
 *
 * @param type the CKM_* number
 */
public record CryptokiMechanism(long type, Parameter parameter) {

    /** The number of RFC 5649 (KWP) in v2.40, and what SoftHSM 2.6 means by it; v3.0 has another number for it. */
    public static final long AES_KEY_WRAP_PAD = 0x210a;

    /** What a mechanism needs besides its number. */
    public sealed interface Parameter {}

    /** Nothing. */
    public record None() implements Parameter {}

    /** An initialisation vector. */
    public record Iv(Octets value) implements Parameter {}

    /** CK_RSA_PKCS_OAEP_PARAMS with MGF1 of the same hash and no label. */
    public record Oaep(Hash hash) implements Parameter {}

    /** CK_RSA_AES_KEY_WRAP_PARAMS. */
    public record RsaAes(int aesBits, Oaep oaep) implements Parameter {}

    public static CryptokiMechanism of(MechanismType type) {
        return plain(type.code());
    }

    public static CryptokiMechanism plain(long type) {
        return new CryptokiMechanism(type, new None());
    }

    /** AES-CBC without padding. */
    public static CryptokiMechanism aesCbc(Octets iv) {
        return new CryptokiMechanism(MechanismType.AES_CBC.code(), new Iv(iv));
    }

    public static CryptokiMechanism oaep(Hash hash) {
        return new CryptokiMechanism(MechanismType.RSA_PKCS_OAEP.code(), new Oaep(hash));
    }

    public static CryptokiMechanism rsaAes(int aesBits, Hash hash) {
        return new CryptokiMechanism(MechanismType.RSA_AES_KEY_WRAP.code(), new RsaAes(aesBits, new Oaep(hash)));
    }
}
