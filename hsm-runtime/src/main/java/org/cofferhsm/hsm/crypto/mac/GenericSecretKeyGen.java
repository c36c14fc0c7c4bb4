package org.cofferhsm.hsm.crypto.mac;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.crypto.Mechanism;
import org.cofferhsm.hsm.crypto.MechanismInfo;
import org.cofferhsm.hsm.crypto.Operation;
import org.cofferhsm.hsm.crypto.SecretKeys;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.Parameters;

/**
 * Generation of generic secrets and of keys for one HMAC: CKM_GENERIC_SECRET_KEY_GEN (SP 800-133 §6.1, PKCS#11 v3.1
 * §6.8), 1 to 800 bytes.
 */
public final class GenericSecretKeyGen extends Mechanism {

    private static final Set<KeyType> TYPES = Set.of(
            KeyType.GENERIC_SECRET, KeyType.SHA1_HMAC, KeyType.SHA256_HMAC, KeyType.SHA384_HMAC, KeyType.SHA512_HMAC);

    private final Engine engine;

    public GenericSecretKeyGen(Engine engine) {
        this.engine = engine;
    }

    @Override
    public List<MechanismInfo> infos() {
        return List.of(new MechanismInfo(
                MechanismType.GENERIC_SECRET_KEY_GEN, Set.of(Operation.GENERATE), TYPES, 8, SecretKeys.MAX_BYTES * 8));
    }

    /** The generator has no known answer: the test is that two secrets differ (SP 800-90B's repetition count). */
    @Override
    public void selfTest(MechanismInfo mechanism) {
        if (Arrays.equals(engine.randomBytes(32), engine.randomBytes(32))) {
            throw selfTestFailed(mechanism);
        }
    }

    @Override
    public EngineKey generate(Algorithm algorithm, Attributes template) {
        parameters(algorithm, Parameters.None.class);
        KeyType type = template.get(Attribute.KEY_TYPE);
        if (!TYPES.contains(type)) {
            throw HsmException.templateInconsistent(algorithm + " does not make keys of type " + type);
        }
        long bytes = template.get(Attribute.VALUE_LENGTH);
        SecretKeys.requireLength(type, bytes);
        return SecretKeys.owning(type, engine.randomBytes((int) bytes));
    }
}
