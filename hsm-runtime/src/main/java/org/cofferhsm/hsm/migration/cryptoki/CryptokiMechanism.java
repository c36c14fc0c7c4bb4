package org.cofferhsm.hsm.migration.cryptoki;

import org.cofferhsm.hsm.key.Hash;
import org.cofferhsm.hsm.key.MechanismType;

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

    public static CryptokiMechanism oaep(Hash hash) {
        return new CryptokiMechanism(MechanismType.RSA_PKCS_OAEP.code(), new Oaep(hash));
    }

    public static CryptokiMechanism rsaAes(int aesBits, Hash hash) {
        return new CryptokiMechanism(MechanismType.RSA_AES_KEY_WRAP.code(), new RsaAes(aesBits, new Oaep(hash)));
    }
}
