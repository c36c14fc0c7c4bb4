package org.cofferhsm.hsm.crypto.rsa;

import java.util.Set;
import org.cofferhsm.hsm.crypto.MechanismInfo;
import org.cofferhsm.hsm.crypto.Operation;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;

/** Descriptions of mechanisms that take RSA keys of every size the module has. */
final class RsaInfos {

    private RsaInfos() {}

    static MechanismInfo of(MechanismType type, Operation... operations) {
        return new MechanismInfo(
                type, Set.of(operations), Set.of(KeyType.RSA), RsaKeyRules.MIN_BITS, RsaKeyRules.MAX_BITS);
    }

    /** The length of the modulus, and so of every ciphertext and signature, in bytes: RFC 8017's k. */
    static int bytes(int modulusBits) {
        return (modulusBits + 7) / 8;
    }
}
