package org.cofferhsm.hsm.crypto.ec;

import java.security.Key;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Set;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.cofferhsm.hsm.crypto.DerKey;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.crypto.KeyPairCodec;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.Curve;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.Octets;

/** Keys on Weierstrass curves: PKCS#8 around ECPrivateKey with its public point (RFC 5915), and RFC 5480's public keys. */
public final class EcKeyCodec implements KeyPairCodec {

    private final EcEngine engine;

    public EcKeyCodec(Engine engine) {
        this.engine = new EcEngine(engine);
    }

    @Override
    public Set<KeyType> keyTypes() {
        return Set.of(KeyType.EC);
    }

    @Override
    public EngineKey decode(ObjectClass objectClass, KeyType type, byte[] encoded) {
        return objectClass == ObjectClass.PRIVATE_KEY ? privateKey(encoded) : publicKey(encoded);
    }

    private EngineKey privateKey(byte[] encoded) {
        EcPrivateValue value = EcPrivateValue.decode(DerKey.privateKey(encoded));
        byte[] canonical = value.encode();
        try {
            Key key = engine.keyFactory(value.curve()).generatePrivate(new PKCS8EncodedKeySpec(canonical));
            return engineKey(ObjectClass.PRIVATE_KEY, value.curve(), key);
        } catch (InvalidKeySpecException e) {
            throw HsmException.dataInvalid("the engine refused the EC private key"); // the cause may quote the key
        } finally {
            Arrays.fill(canonical, (byte) 0);
        }
    }

    private EngineKey publicKey(byte[] encoded) {
        SubjectPublicKeyInfo info = DerKey.publicKey(encoded);
        Curve curve = EcAlgorithm.curve(info.getAlgorithm());
        if (EcDomain.of(curve).point(info.getPublicKeyData().getOctets()).isEmpty()) {
            throw HsmException.dataInvalid("the EC public key is not an uncompressed point on the curve " + curve);
        }
        return publicKey(curve, encoded);
    }

    private EngineKey publicKey(Curve curve, byte[] encoded) {
        try {
            Key key = engine.keyFactory(curve).generatePublic(new X509EncodedKeySpec(encoded));
            return engineKey(ObjectClass.PUBLIC_KEY, curve, key);
        } catch (InvalidKeySpecException e) {
            throw HsmException.dataInvalid("the engine refused the EC public key")
                    .causedBy(e);
        }
    }

    /** A key that the engine made. */
    static EngineKey engineKey(ObjectClass objectClass, Curve curve, Key key) {
        return new EngineKey(objectClass, KeyType.EC, curve.bits(), key);
    }

    @Override
    public byte[] encode(EngineKey key) {
        return key.jca() instanceof ECPrivateKey half
                ? value(key, half).encode()
                : DerKey.encode(new SubjectPublicKeyInfo(EcAlgorithm.of(EcCurves.of(key)), subjectPublicKey(key)));
    }

    private static EcPrivateValue value(EngineKey key, ECPrivateKey half) {
        return EcPrivateValue.of(EcCurves.of(key), half.getS());
    }

    @Override
    public Attributes describe(EngineKey key) {
        Attributes description = Attributes.of(Attribute.CURVE, EcCurves.of(key));
        return key.objectClass() == ObjectClass.PUBLIC_KEY
                ? description.with(Attribute.EC_POINT, Octets.of(subjectPublicKey(key)))
                : description;
    }

    /** The uncompressed point. */
    @Override
    public byte[] subjectPublicKey(EngineKey key) {
        return key.jca() instanceof ECPrivateKey half
                ? value(key, half).publicPoint()
                : SubjectPublicKeyInfo.getInstance(key.jca().getEncoded())
                        .getPublicKeyData()
                        .getOctets();
    }
}
