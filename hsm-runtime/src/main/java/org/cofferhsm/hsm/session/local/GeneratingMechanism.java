package org.cofferhsm.hsm.session.local;

import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;

/** The mechanism that makes keys of a type. */
final class GeneratingMechanism {

    private GeneratingMechanism() {}

    static Algorithm of(KeyType type) {
        return Algorithm.of(
                switch (type) {
                    case AES -> MechanismType.AES_KEY_GEN;
                    case GENERIC_SECRET, SHA1_HMAC, SHA256_HMAC, SHA384_HMAC, SHA512_HMAC ->
                        MechanismType.GENERIC_SECRET_KEY_GEN;
                    case RSA -> MechanismType.RSA_PKCS_KEY_PAIR_GEN;
                    case EC -> MechanismType.EC_KEY_PAIR_GEN;
                    case EC_EDWARDS -> MechanismType.EC_EDWARDS_KEY_PAIR_GEN;
                    case EC_MONTGOMERY -> MechanismType.EC_MONTGOMERY_KEY_PAIR_GEN;
                    case ML_DSA -> MechanismType.ML_DSA_KEY_PAIR_GEN;
                    case ML_KEM -> MechanismType.ML_KEM_KEY_PAIR_GEN;
                });
    }
}
