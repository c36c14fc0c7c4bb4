package org.cofferhsm.hsm.crypto.rsa;

import org.cofferhsm.hsm.crypto.EngineKeyPair;
import org.cofferhsm.hsm.crypto.TestEngine;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.key.MechanismType;

/** RSA pairs for tests. */
final class RsaPairs {

    static final Algorithm GENERATE = Algorithm.of(MechanismType.RSA_PKCS_KEY_PAIR_GEN);

    private RsaPairs() {}

    /** A pair of 2048 bits that need not be made first. */
    static EngineKeyPair known(TestEngine engine) {
        KnownRsaKey key = new KnownRsaKey(engine.engine());
        return new EngineKeyPair(key.publicKey(), key.privateKey());
    }

    static EngineKeyPair fresh(TestEngine engine, int bits) {
        return new RsaKeyPairs(engine.engine())
                .generatePair(GENERATE, KeyPairTemplate.rsa(bits).publicKey());
    }
}
