package org.cofferhsm.hsm.crypto.pqc;

import java.util.List;
import java.util.Set;
import org.bouncycastle.crypto.SecretWithEncapsulation;
import org.bouncycastle.crypto.kems.MLKEMExtractor;
import org.bouncycastle.crypto.kems.MLKEMGenerator;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.crypto.KnownAnswers;
import org.cofferhsm.hsm.crypto.Mechanism;
import org.cofferhsm.hsm.crypto.MechanismInfo;
import org.cofferhsm.hsm.crypto.Operation;
import org.cofferhsm.hsm.crypto.SharedSecret;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.Parameters.None;
import org.cofferhsm.hsm.key.SecretBytes;

/**
 * CKM_ML_KEM (FIPS 203 §7; PKCS#11 v3.2 §6.68): shared secrets of 32 bytes. A ciphertext of the right length that was
 * altered gives another secret, not an error (implicit rejection): only a use of the secret shows it.
 */
public final class MlKem extends Mechanism {

    private final Engine engine;

    public MlKem(Engine engine) {
        this.engine = engine;
    }

    @Override
    public List<MechanismInfo> infos() {
        return List.of(new MechanismInfo(
                MechanismType.ML_KEM,
                Set.of(Operation.ENCAPSULATE, Operation.DECAPSULATE),
                Set.of(KeyType.ML_KEM),
                PqcKeyPairs.ML_KEM_MIN_BITS,
                PqcKeyPairs.ML_KEM_MAX_BITS));
    }

    @Override
    public SharedSecret encapsulate(EngineKey publicKey, Algorithm algorithm) {
        parameters(algorithm, None.class);
        SecretWithEncapsulation result = new MLKEMGenerator(engine.random())
                .generateEncapsulated(PqcKey.of(publicKey).parameters());
        return new SharedSecret(Octets.of(result.getEncapsulation()), SecretBytes.owning(result.getSecret()));
    }

    @Override
    public SecretBytes decapsulate(EngineKey privateKey, Algorithm algorithm, byte[] ciphertext) {
        parameters(algorithm, None.class);
        PqcKey key = PqcKey.of(privateKey);
        MLKEMExtractor extractor = new MLKEMExtractor((MLKEMPrivateKeyParameters) key.parameters());
        if (ciphertext.length != extractor.getEncapsulationLength()) {
            throw HsmException.encryptedDataInvalid("a ciphertext of " + key.set() + " has "
                    + extractor.getEncapsulationLength() + " bytes, not " + ciphertext.length);
        }
        return SecretBytes.owning(extractor.extractSecret(ciphertext));
    }

    /** A known decapsulation, and one of a fresh encapsulation. */
    @Override
    public void selfTest(MechanismInfo mechanism) {
        KnownAnswers answers = KnownAnswers.beside(MlKem.class);
        PqcKeyCodec codec = new PqcKeyCodec();
        EngineKey privateKey = codec.decode(ObjectClass.PRIVATE_KEY, KeyType.ML_KEM, answers.bytes("ml-kem.pkcs8"));
        EngineKey publicKey = codec.decode(ObjectClass.PUBLIC_KEY, KeyType.ML_KEM, answers.bytes("ml-kem.spki"));
        try (SecretBytes known = SecretBytes.owning(answers.bytes("ml-kem.secret"));
                SecretBytes opened = decapsulate(privateKey, Algorithm.ML_KEM, answers.bytes("ML_KEM"))) {
            KnownAnswers.require(known.sameAs(opened), mechanism);
        }
        KnownAnswers.require(agrees(publicKey, privateKey), mechanism);
    }

    /** Whether both sides come to the same secret. */
    boolean agrees(EngineKey publicKey, EngineKey privateKey) {
        SharedSecret sent = encapsulate(publicKey, Algorithm.ML_KEM);
        try (SecretBytes mine = sent.secret();
                SecretBytes theirs = decapsulate(
                        privateKey, Algorithm.ML_KEM, sent.ciphertext().toByteArray())) {
            return mine.sameAs(theirs);
        }
    }
}
