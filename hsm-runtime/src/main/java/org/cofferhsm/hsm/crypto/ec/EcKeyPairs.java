package org.cofferhsm.hsm.crypto.ec;

import java.security.KeyPair;
import java.util.List;
import java.util.Set;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.EngineKeyPair;
import org.cofferhsm.hsm.crypto.Mechanism;
import org.cofferhsm.hsm.crypto.MechanismInfo;
import org.cofferhsm.hsm.crypto.Operation;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.Curve;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.Parameters.None;

/** CKM_EC_KEY_PAIR_GEN and its Edwards and Montgomery forms (PKCS#11 v3.1 §6.3.10 f.) on the curves of {@link Curve}. */
public final class EcKeyPairs extends Mechanism {

    private final Engine engine;
    private final EcEngine curves;
    private final EcPairCheck check;

    public EcKeyPairs(Engine engine) {
        this.engine = engine;
        this.curves = new EcEngine(engine);
        this.check = new EcPairCheck(engine);
    }

    @Override
    public List<MechanismInfo> infos() {
        return List.of(
                info(MechanismType.EC_KEY_PAIR_GEN, KeyType.EC, 256, 521),
                info(MechanismType.EC_EDWARDS_KEY_PAIR_GEN, KeyType.EC_EDWARDS, 255, 255),
                info(MechanismType.EC_MONTGOMERY_KEY_PAIR_GEN, KeyType.EC_MONTGOMERY, 255, 255));
    }

    private static MechanismInfo info(MechanismType type, KeyType keyType, int minBits, int maxBits) {
        return new MechanismInfo(type, Set.of(Operation.GENERATE_PAIR), Set.of(keyType), minBits, maxBits);
    }

    @Override
    public EngineKeyPair generatePair(Algorithm algorithm, Attributes template) {
        parameters(algorithm, None.class);
        Curve curve = template.get(Attribute.CURVE);
        if (curve.keyType() != keyType(algorithm.type())) {
            throw HsmException.templateInconsistent("the curve " + curve + " is not one for " + algorithm
                    + "; it is for keys of type " + curve.keyType());
        }
        EngineKeyPair pair =
                curve.keyType() == KeyType.EC ? weierstrass(curve) : rfc8410(Rfc8410Curve.of(curve.keyType()));
        if (!check.halvesFit(pair)) {
            throw HsmException.selfTestFailed("the halves of a new pair on " + curve
                    + " do not fit together; stop using this machine and report it");
        }
        return pair;
    }

    private static KeyType keyType(MechanismType type) {
        return switch (type) {
            case EC_EDWARDS_KEY_PAIR_GEN -> KeyType.EC_EDWARDS;
            case EC_MONTGOMERY_KEY_PAIR_GEN -> KeyType.EC_MONTGOMERY;
            default -> KeyType.EC;
        };
    }

    private EngineKeyPair weierstrass(Curve curve) {
        KeyPair pair = curves.keyPairGenerator(curve).generateKeyPair();
        return new EngineKeyPair(
                EcKeyCodec.engineKey(ObjectClass.PUBLIC_KEY, curve, pair.getPublic()),
                EcKeyCodec.engineKey(ObjectClass.PRIVATE_KEY, curve, pair.getPrivate()));
    }

    private EngineKeyPair rfc8410(Rfc8410Curve curve) {
        KeyPair pair = engine.keyPairGenerator(curve.jcaName()).generateKeyPair();
        return new EngineKeyPair(
                Rfc8410KeyCodec.engineKey(ObjectClass.PUBLIC_KEY, curve, pair.getPublic()),
                Rfc8410KeyCodec.engineKey(ObjectClass.PRIVATE_KEY, curve, pair.getPrivate()));
    }

    /** What a new pair is checked with has to be right. */
    @Override
    public void selfTest(MechanismInfo mechanism) {
        check.selfTest(keyType(mechanism.type()), mechanism);
    }
}
