package org.cofferhsm.hsm.crypto.ec;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.KeyAgreement;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Curve;

/**
 * Which engine computes on which Weierstrass curve: the fastest one, except where it lacks the curve, as the JDK does
 * secp256k1 since version 16. A key made or read here is then used by the engine that it belongs to.
 */
final class EcEngine {

    /** A name for EC keys that of all engines only Bouncy Castle has. */
    private static final String BOUNCY_CASTLE_EC = "ECDSA";

    private final Engine engine;
    private final Map<Curve, Provider> providers = new ConcurrentHashMap<>();

    EcEngine(Engine engine) {
        this.engine = engine;
    }

    /** ECDSA by the engine that owns {@code key}. */
    Signature signature(String algorithm, Key key) {
        return isBouncy(key)
                ? make(() -> Signature.getInstance(algorithm, bouncyCastle()))
                : engine.signature(algorithm);
    }

    /** ECDH by the engine that owns {@code key}. */
    KeyAgreement keyAgreement(Key key) {
        return isBouncy(key)
                ? make(() -> KeyAgreement.getInstance("ECDH", bouncyCastle()))
                : engine.keyAgreement("ECDH");
    }

    private static boolean isBouncy(Key key) {
        return key instanceof org.bouncycastle.jce.interfaces.ECKey;
    }

    private Provider bouncyCastle() {
        return engine.keyFactory(BOUNCY_CASTLE_EC).getProvider();
    }

    KeyFactory keyFactory(Curve curve) {
        return make(() -> KeyFactory.getInstance("EC", provider(curve)));
    }

    KeyPairGenerator keyPairGenerator(Curve curve) {
        return make(() -> {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider(curve));
            generator.initialize(new ECGenParameterSpec(curve.standardName()), engine.random());
            return generator;
        });
    }

    private Provider provider(Curve curve) {
        return providers.computeIfAbsent(curve, this::choose);
    }

    private Provider choose(Curve curve) {
        KeyPairGenerator fastest = engine.keyPairGenerator("EC");
        try {
            fastest.initialize(new ECGenParameterSpec(curve.standardName()));
            return fastest.getProvider();
        } catch (InvalidAlgorithmParameterException e) {
            return bouncyCastle(); // the engine's way of saying that it lacks the curve
        }
    }

    private static <T> T make(Factory<T> factory) {
        try {
            return factory.make();
        } catch (GeneralSecurityException e) {
            throw HsmException.internal("an engine lacks an elliptic-curve algorithm that it had a moment ago")
                    .causedBy(e);
        }
    }

    @FunctionalInterface
    private interface Factory<T> {
        T make() throws GeneralSecurityException;
    }
}
