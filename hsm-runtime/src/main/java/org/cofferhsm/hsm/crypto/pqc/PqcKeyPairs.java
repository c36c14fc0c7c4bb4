package org.cofferhsm.hsm.crypto.pqc;

import java.util.List;
import java.util.Set;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.generators.MLDSAKeyPairGenerator;
import org.bouncycastle.crypto.generators.MLKEMKeyPairGenerator;
import org.bouncycastle.crypto.params.MLDSAKeyGenerationParameters;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLKEMKeyGenerationParameters;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.EngineKeyPair;
import org.cofferhsm.hsm.crypto.Mechanism;
import org.cofferhsm.hsm.crypto.MechanismInfo;
import org.cofferhsm.hsm.crypto.Operation;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.Parameters.None;
import org.cofferhsm.hsm.key.PqcParameterSet;

/** CKM_ML_DSA_KEY_PAIR_GEN and CKM_ML_KEM_KEY_PAIR_GEN (PKCS#11 v3.2 §6.67.4, §6.68.4): pairs of a parameter set. */
public final class PqcKeyPairs extends Mechanism {

    /** Sizes are those of the public keys: FIPS 204 table 2, FIPS 203 table 3. */
    static final int ML_DSA_MIN_BITS = 1312 * 8;

    static final int ML_DSA_MAX_BITS = 2592 * 8;
    static final int ML_KEM_MIN_BITS = 800 * 8;
    static final int ML_KEM_MAX_BITS = 1568 * 8;

    private final Engine engine;
    private final MlDsa mlDsa;
    private final MlKem mlKem;

    public PqcKeyPairs(Engine engine) {
        this.engine = engine;
        this.mlDsa = new MlDsa(engine);
        this.mlKem = new MlKem(engine);
    }

    @Override
    public List<MechanismInfo> infos() {
        Set<Operation> generate = Set.of(Operation.GENERATE_PAIR);
        return List.of(
                new MechanismInfo(
                        MechanismType.ML_DSA_KEY_PAIR_GEN,
                        generate,
                        Set.of(KeyType.ML_DSA),
                        ML_DSA_MIN_BITS,
                        ML_DSA_MAX_BITS),
                new MechanismInfo(
                        MechanismType.ML_KEM_KEY_PAIR_GEN,
                        generate,
                        Set.of(KeyType.ML_KEM),
                        ML_KEM_MIN_BITS,
                        ML_KEM_MAX_BITS));
    }

    @Override
    public EngineKeyPair generatePair(Algorithm algorithm, Attributes template) {
        parameters(algorithm, None.class);
        PqcParameterSet set = template.get(Attribute.PARAMETER_SET);
        if (set.keyType() != keyType(algorithm.type())) {
            throw HsmException.templateInconsistent("the parameter set " + set + " is not one for " + algorithm);
        }
        EngineKeyPair pair = generate(set);
        if (!halvesFit(pair)) {
            throw HsmException.selfTestFailed(
                    "the halves of a new " + set + " pair do not fit together; stop using this machine and report it");
        }
        return pair;
    }

    private static KeyType keyType(MechanismType type) {
        return type == MechanismType.ML_DSA_KEY_PAIR_GEN ? KeyType.ML_DSA : KeyType.ML_KEM;
    }

    private EngineKeyPair generate(PqcParameterSet set) {
        AsymmetricCipherKeyPair pair = switch (set) {
            case ML_DSA_44 -> mlDsa(MLDSAParameters.ml_dsa_44);
            case ML_DSA_65 -> mlDsa(MLDSAParameters.ml_dsa_65);
            case ML_DSA_87 -> mlDsa(MLDSAParameters.ml_dsa_87);
            case ML_KEM_512 -> mlKem(MLKEMParameters.ml_kem_512);
            case ML_KEM_768 -> mlKem(MLKEMParameters.ml_kem_768);
            case ML_KEM_1024 -> mlKem(MLKEMParameters.ml_kem_1024);
        };
        return new EngineKeyPair(
                PqcKeyCodec.engineKey(ObjectClass.PUBLIC_KEY, PqcOid.of(set), pair.getPublic()),
                PqcKeyCodec.engineKey(ObjectClass.PRIVATE_KEY, PqcOid.of(set), pair.getPrivate()));
    }

    private AsymmetricCipherKeyPair mlDsa(MLDSAParameters parameters) {
        MLDSAKeyPairGenerator generator = new MLDSAKeyPairGenerator();
        generator.init(new MLDSAKeyGenerationParameters(engine.random(), parameters));
        return generator.generateKeyPair();
    }

    private AsymmetricCipherKeyPair mlKem(MLKEMParameters parameters) {
        MLKEMKeyPairGenerator generator = new MLKEMKeyPairGenerator();
        generator.init(new MLKEMKeyGenerationParameters(engine.random(), parameters));
        return generator.generateKeyPair();
    }

    /** The pairwise consistency test (FIPS 140-3): a signature, or an encapsulation (FIPS 203 §7.1). */
    private boolean halvesFit(EngineKeyPair pair) {
        if (pair.publicKey().type() == KeyType.ML_KEM) {
            return mlKem.agrees(pair.publicKey(), pair.privateKey());
        }
        byte[] data = engine.randomBytes(32);
        byte[] signature = mlDsa.sign(pair.privateKey(), Algorithm.ML_DSA, data);
        return mlDsa.verify(pair.publicKey(), Algorithm.ML_DSA, data, signature);
    }

    /** What a new pair is checked with has to be right; reading the known key makes it from its seed. */
    @Override
    public void selfTest(MechanismInfo mechanism) {
        Mechanism family = keyType(mechanism.type()) == KeyType.ML_DSA ? mlDsa : mlKem;
        family.infos().forEach(family::selfTest);
    }
}
