package org.cofferhsm.hsm.crypto.aes;

import java.security.spec.AlgorithmParameterSpec;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.MechanismInfo;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.Octets;

/**
 * AES in counter mode: CKM_AES_CTR (SP 800-38A §6.5, PKCS#11 v3.1 §6.15). Takes data of any length; all 128 bits of the
 * block count. The caller never repeats a counter block under one key; it does not authenticate.
 */
public final class AesCtr extends AesMode {

    public AesCtr(Engine engine) {
        super(MechanismType.AES_CTR, engine, "AES/CTR/NoPadding");
    }

    /** SP 800-38A F.5.5. */
    @Override
    public void selfTest(MechanismInfo mechanism) {
        Octets counter = Octets.ofHex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff");
        checkFirstBlock(mechanism, Algorithm.aesCtr(counter), "601ec313775789a5b7a7f504bbf3d228");
    }

    @Override
    AlgorithmParameterSpec spec(Algorithm algorithm) {
        return iv(algorithm);
    }
}
