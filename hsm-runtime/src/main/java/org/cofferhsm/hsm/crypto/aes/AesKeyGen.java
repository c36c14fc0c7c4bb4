package org.cofferhsm.hsm.crypto.aes;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.crypto.Mechanism;
import org.cofferhsm.hsm.crypto.MechanismInfo;
import org.cofferhsm.hsm.crypto.Operation;
import org.cofferhsm.hsm.crypto.SecretKeys;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.Parameters;

/** Generation of AES keys: CKM_AES_KEY_GEN (SP 800-133 §6.1, PKCS#11 v3.1 §6.13). */
public final class AesKeyGen extends Mechanism {

    private final Engine engine;

    public AesKeyGen(Engine engine) {
        this.engine = engine;
    }

    @Override
    public List<MechanismInfo> infos() {
        return List.of(new MechanismInfo(
                MechanismType.AES_KEY_GEN, Set.of(Operation.GENERATE), Set.of(KeyType.AES), 128, 256));
    }

    /** The generator has no known answer: the test is that two keys differ (SP 800-90B's repetition count). */
    @Override
    public void selfTest(MechanismInfo mechanism) {
        if (Arrays.equals(engine.randomBytes(32), engine.randomBytes(32))) {
            throw selfTestFailed(mechanism);
        }
    }

    @Override
    public EngineKey generate(Algorithm algorithm, Attributes template) {
        parameters(algorithm, Parameters.None.class);
        long bytes = template.get(Attribute.VALUE_LENGTH);
        SecretKeys.requireLength(KeyType.AES, bytes);
        return SecretKeys.owning(KeyType.AES, engine.randomBytes((int) bytes));
    }
}
