package org.cofferhsm.hsm.crypto.aes;

import java.security.spec.AlgorithmParameterSpec;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.MechanismInfo;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * AES in electronic codebook mode: CKM_AES_ECB (SP 800-38A §6.1, PKCS#11 v3.1 §6.13). Takes whole blocks. It hides
 * nothing about equal blocks; it is there for protocols that encipher single blocks.
 */
public final class AesEcb extends AesMode {

    public AesEcb(Engine engine) {
        super(MechanismType.AES_ECB, engine, "AES/ECB/NoPadding");
    }

    /** SP 800-38A F.1.5. */
    @Override
    public void selfTest(MechanismInfo mechanism) {
        checkFirstBlock(mechanism, Algorithm.AES_ECB, "f3eed1bdb5d2a03c064b5a7e3db181f8");
    }

    @Override
    @Nullable
    AlgorithmParameterSpec spec(Algorithm algorithm) {
        parameters(algorithm, Parameters.None.class);
        return null;
    }
}
