package org.cofferhsm.hsm.crypto.pqc;

import org.cofferhsm.hsm.crypto.EngineKeyPair;
import org.cofferhsm.hsm.crypto.TestEngine;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.PqcParameterSet;

/** Lattice pairs for tests. */
final class PqcPairs {

    private PqcPairs() {}

    static EngineKeyPair fresh(PqcParameterSet set) {
        MechanismType type =
                set.keyType() == KeyType.ML_DSA ? MechanismType.ML_DSA_KEY_PAIR_GEN : MechanismType.ML_KEM_KEY_PAIR_GEN;
        return new PqcKeyPairs(TestEngine.FASTEST.engine())
                .generatePair(Algorithm.of(type), KeyPairTemplate.pqc(set).publicKey());
    }
}
