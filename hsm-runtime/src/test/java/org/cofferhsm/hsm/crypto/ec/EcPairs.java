package org.cofferhsm.hsm.crypto.ec;

import org.cofferhsm.hsm.crypto.EngineKeyPair;
import org.cofferhsm.hsm.crypto.TestEngine;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Curve;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.key.MechanismType;

/** Pairs on curves for tests. */
final class EcPairs {

    private EcPairs() {}

    static EngineKeyPair fresh(TestEngine engine, Curve curve) {
        Algorithm generate = Algorithm.of(
                switch (curve.keyType()) {
                    case EC_EDWARDS -> MechanismType.EC_EDWARDS_KEY_PAIR_GEN;
                    case EC_MONTGOMERY -> MechanismType.EC_MONTGOMERY_KEY_PAIR_GEN;
                    default -> MechanismType.EC_KEY_PAIR_GEN;
                });
        return new EcKeyPairs(engine.engine())
                .generatePair(generate, KeyPairTemplate.ec(curve).publicKey());
    }
}
