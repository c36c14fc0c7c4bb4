package org.cofferhsm.hsm.crypto.ec;

import java.util.Arrays;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.EngineKeyPair;
import org.cofferhsm.hsm.crypto.Mechanism;
import org.cofferhsm.hsm.crypto.MechanismInfo;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;

/**
 * The pairwise consistency test of a new pair (FIPS 140-3; SP 800-56A rev. 3 §5.6.2.1.4): a signature for the curves that
 * sign, the public key computed anew by another library for X25519.
 */
final class EcPairCheck {

    private final Engine engine;
    private final Mechanism ecdsa;
    private final Mechanism edDsa;

    EcPairCheck(Engine engine) {
        this.engine = engine;
        this.ecdsa = new Ecdsa(engine);
        this.edDsa = new EdDsa(engine);
    }

    boolean halvesFit(EngineKeyPair pair) {
        return switch (pair.publicKey().type()) {
            case EC -> signs(ecdsa, Algorithm.ECDSA_SHA256, pair);
            case EC_EDWARDS -> signs(edDsa, Algorithm.EDDSA, pair);
            default -> samePublicKey(pair);
        };
    }

    private boolean signs(Mechanism family, Algorithm algorithm, EngineKeyPair pair) {
        byte[] data = engine.randomBytes(32);
        byte[] signature = family.sign(pair.privateKey(), algorithm, data);
        return family.verify(pair.publicKey(), algorithm, data, signature);
    }

    private boolean samePublicKey(EngineKeyPair pair) {
        Rfc8410KeyCodec codec = new Rfc8410KeyCodec(engine);
        return Arrays.equals(codec.subjectPublicKey(pair.privateKey()), codec.subjectPublicKey(pair.publicKey()));
    }

    void selfTest(KeyType type, MechanismInfo mechanism) {
        switch (type) {
            case EC -> signaturesAreRight();
            case EC_EDWARDS -> edDsa.selfTest(mechanism);
            default -> new EcdhDerive(engine).selfTest(mechanism);
        }
    }

    private void signaturesAreRight() {
        ecdsa.infos().stream()
                .filter(info -> info.type() == MechanismType.ECDSA_SHA256)
                .forEach(ecdsa::selfTest);
    }
}
