package org.cofferhsm.hsm.crypto.aes;

import java.security.spec.AlgorithmParameterSpec;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.MechanismInfo;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.Octets;

/**
 * AES in cipher block chaining mode, unpadded: CKM_AES_CBC (SP 800-38A §6.2, PKCS#11 v3.1 §6.13). Takes whole blocks and
 * does not authenticate.
 */
public final class AesCbc extends AesMode {

    public AesCbc(Engine engine) {
        super(MechanismType.AES_CBC, engine, "AES/CBC/NoPadding");
    }

    /** SP 800-38A F.2.5. */
    @Override
    public void selfTest(MechanismInfo mechanism) {
        Octets iv = Octets.ofHex("000102030405060708090a0b0c0d0e0f");
        checkFirstBlock(mechanism, Algorithm.aesCbc(iv), "f58c4c04d6e5f1ba779eabfb5f7bfbd6");
    }

    @Override
    AlgorithmParameterSpec spec(Algorithm algorithm) {
        return iv(algorithm);
    }
}
