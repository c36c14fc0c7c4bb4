package org.cofferhsm.hsm.crypto.ec;

import java.io.IOException;
import java.security.Key;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Set;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.cofferhsm.hsm.crypto.DerKey;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.crypto.KeyPairCodec;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.Octets;

/** Ed25519 and X25519 keys (RFC 8410): the 32 bytes in PKCS#8 version 1, and in SubjectPublicKeyInfo. */
public final class Rfc8410KeyCodec implements KeyPairCodec {

    private final Engine engine;

    public Rfc8410KeyCodec(Engine engine) {
        this.engine = engine;
    }

    @Override
    public Set<KeyType> keyTypes() {
        return Set.of(KeyType.EC_EDWARDS, KeyType.EC_MONTGOMERY);
    }

    @Override
    public EngineKey decode(ObjectClass objectClass, KeyType type, byte[] encoded) {
        Rfc8410Curve curve = Rfc8410Curve.of(type);
        return objectClass == ObjectClass.PRIVATE_KEY ? privateKey(curve, encoded) : publicKey(curve, encoded);
    }

    private EngineKey privateKey(Rfc8410Curve curve, byte[] encoded) {
        PrivateKeyInfo info = DerKey.privateKey(encoded);
        DerKey.requireAlgorithm(info.getPrivateKeyAlgorithm(), curve.algorithm(), curve.jcaName());
        byte[] seed = seed(info);
        try {
            requireSamePublicKey(info, curve.publicKey(seed));
            return engineKey(ObjectClass.PRIVATE_KEY, curve, load(curve, seed));
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    private static byte[] seed(PrivateKeyInfo info) {
        byte[] seed = DerKey.content(info, ASN1OctetString::getInstance, "an RFC 8410 private key")
                .getOctets();
        if (seed.length != Rfc8410Curve.BYTES) {
            throw HsmException.dataInvalid("an RFC 8410 private key has 32 bytes, not " + seed.length);
        }
        return seed;
    }

    private static void requireSamePublicKey(PrivateKeyInfo info, byte[] publicKey) {
        ASN1BitString stated = info.getPublicKeyData();
        if (stated != null && !Arrays.equals(stated.getOctets(), publicKey)) {
            throw HsmException.dataInvalid("the private key does not belong to the public key that is stored with it");
        }
    }

    private Key load(Rfc8410Curve curve, byte[] seed) {
        byte[] canonical = pkcs8(curve, seed);
        try {
            return engine.keyFactory(curve.jcaName()).generatePrivate(new PKCS8EncodedKeySpec(canonical));
        } catch (InvalidKeySpecException e) {
            throw HsmException.dataInvalid("the engine refused the private key"); // the cause may quote the key
        } finally {
            Arrays.fill(canonical, (byte) 0);
        }
    }

    private EngineKey publicKey(Rfc8410Curve curve, byte[] encoded) {
        SubjectPublicKeyInfo info = DerKey.publicKey(encoded);
        DerKey.requireAlgorithm(info.getAlgorithm(), curve.algorithm(), curve.jcaName());
        if (!curve.isPublicKey(info.getPublicKeyData().getOctets())) {
            throw HsmException.dataInvalid("the data is not a valid public key of " + curve.jcaName());
        }
        try {
            Key key = engine.keyFactory(curve.jcaName()).generatePublic(new X509EncodedKeySpec(encoded));
            return engineKey(ObjectClass.PUBLIC_KEY, curve, key);
        } catch (InvalidKeySpecException e) {
            throw HsmException.dataInvalid("the engine refused the public key").causedBy(e);
        }
    }

    /** A key that the engine made. */
    static EngineKey engineKey(ObjectClass objectClass, Rfc8410Curve curve, Key key) {
        return new EngineKey(objectClass, curve.curve().keyType(), curve.curve().bits(), key);
    }

    @Override
    public byte[] encode(EngineKey key) {
        Rfc8410Curve curve = Rfc8410Curve.of(key.type());
        byte[] engines = key.jca().getEncoded();
        if (key.objectClass() == ObjectClass.PUBLIC_KEY) {
            return engines;
        }
        byte[] seed = seed(PrivateKeyInfo.getInstance(engines));
        try {
            return pkcs8(curve, seed);
        } finally {
            Arrays.fill(seed, (byte) 0);
            Arrays.fill(engines, (byte) 0);
        }
    }

    private static byte[] pkcs8(Rfc8410Curve curve, byte[] seed) {
        try {
            return DerKey.encode(new PrivateKeyInfo(curve.algorithm(), new DEROctetString(seed)));
        } catch (IOException e) {
            throw HsmException.internal("a private key could not be written in DER")
                    .causedBy(e);
        }
    }

    @Override
    public Attributes describe(EngineKey key) {
        Attributes description =
                Attributes.of(Attribute.CURVE, Rfc8410Curve.of(key.type()).curve());
        return key.objectClass() == ObjectClass.PUBLIC_KEY
                ? description.with(Attribute.EC_POINT, Octets.of(subjectPublicKey(key)))
                : description;
    }

    /** The 32 bytes of the public key. */
    @Override
    public byte[] subjectPublicKey(EngineKey key) {
        byte[] engines = key.jca().getEncoded();
        if (key.objectClass() == ObjectClass.PUBLIC_KEY) {
            return SubjectPublicKeyInfo.getInstance(engines).getPublicKeyData().getOctets();
        }
        byte[] seed = seed(PrivateKeyInfo.getInstance(engines));
        try {
            return Rfc8410Curve.of(key.type()).publicKey(seed);
        } finally {
            Arrays.fill(seed, (byte) 0);
            Arrays.fill(engines, (byte) 0);
        }
    }
}
