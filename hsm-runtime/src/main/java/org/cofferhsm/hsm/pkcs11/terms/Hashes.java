package org.cofferhsm.hsm.pkcs11.terms;

import java.util.Map;
import org.cofferhsm.hsm.key.Hash;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.pkcs11.wire.Ckr;
import org.jspecify.annotations.Nullable;

/** Hash functions as parameters of mechanisms name them: by CKM_*, CKG_MGF1_* and CKD_* numbers. */
final class Hashes {

    private static final Map<Long, Hash> BY_MECHANISM = Map.of(
            MechanismType.SHA_1.code(), Hash.SHA1,
            MechanismType.SHA224.code(), Hash.SHA224,
            MechanismType.SHA256.code(), Hash.SHA256,
            MechanismType.SHA384.code(), Hash.SHA384,
            MechanismType.SHA512.code(), Hash.SHA512);

    /** CKG_MGF1_* (PKCS#11 v3.1 §6.1.7). */
    private static final Map<Long, Hash> BY_MASK =
            Map.of(1L, Hash.SHA1, 2L, Hash.SHA256, 3L, Hash.SHA384, 4L, Hash.SHA512, 5L, Hash.SHA224);

    /** CKD_*_KDF (PKCS#11 v3.1 §6.3.15), ANSI X9.63's. */
    private static final Map<Long, Hash> BY_KDF =
            Map.of(2L, Hash.SHA1, 5L, Hash.SHA224, 6L, Hash.SHA256, 7L, Hash.SHA384, 8L, Hash.SHA512);

    private Hashes() {}

    static Hash ofMechanism(long mechanism) {
        return known(BY_MECHANISM.get(mechanism), "hash mechanism", mechanism);
    }

    static Hash ofMask(long mgf) {
        return known(BY_MASK.get(mgf), "mask generation function", mgf);
    }

    static Hash ofKdf(long kdf) {
        return known(BY_KDF.get(kdf), "key derivation function", kdf);
    }

    private static Hash known(@Nullable Hash hash, String what, long number) {
        if (hash == null) {
            throw Ckr.MECHANISM_PARAM_INVALID.because("the module has no " + what + " 0x" + Long.toHexString(number));
        }
        return hash;
    }
}
