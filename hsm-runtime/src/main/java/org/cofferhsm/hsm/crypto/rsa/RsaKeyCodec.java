package org.cofferhsm.hsm.crypto.rsa;

import java.io.IOException;
import java.math.BigInteger;
import java.security.Key;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Set;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.util.BigIntegers;
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

/** RSA keys as PKCS#8 and SubjectPublicKeyInfo around RSAPrivateKey and RSAPublicKey (RFC 8017 §A.1). */
public final class RsaKeyCodec implements KeyPairCodec {

    private static final AlgorithmIdentifier RSA =
            new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);

    private final Engine engine;

    public RsaKeyCodec(Engine engine) {
        this.engine = engine;
    }

    @Override
    public Set<KeyType> keyTypes() {
        return Set.of(KeyType.RSA);
    }

    @Override
    public EngineKey decode(ObjectClass objectClass, KeyType type, byte[] encoded) {
        return objectClass == ObjectClass.PRIVATE_KEY ? privateKey(encoded) : publicKey(encoded);
    }

    private EngineKey privateKey(byte[] encoded) {
        PrivateKeyInfo info = DerKey.privateKey(encoded);
        DerKey.requireAlgorithm(info.getPrivateKeyAlgorithm(), RSA, "RSA");
        RSAPrivateKey parts = DerKey.content(info, RSAPrivateKey::getInstance, "an RSA private key");
        RsaKeyRules.requireConsistent(parts);
        return engineKey(ObjectClass.PRIVATE_KEY, parts.getModulus(), load(parts));
    }

    private Key load(RSAPrivateKey parts) {
        byte[] canonical = pkcs8(parts);
        try {
            return engine.keyFactory("RSA").generatePrivate(new PKCS8EncodedKeySpec(canonical));
        } catch (InvalidKeySpecException e) {
            throw HsmException.dataInvalid("the engine refused the RSA private key"); // the cause may quote the key
        } finally {
            Arrays.fill(canonical, (byte) 0);
        }
    }

    private EngineKey publicKey(byte[] encoded) {
        SubjectPublicKeyInfo info = DerKey.publicKey(encoded);
        DerKey.requireAlgorithm(info.getAlgorithm(), RSA, "RSA");
        var parts = DerKey.content(
                info.getPublicKeyData().getOctets(),
                org.bouncycastle.asn1.pkcs.RSAPublicKey::getInstance,
                "an RSA public key");
        RsaKeyRules.requirePublic(parts.getModulus(), parts.getPublicExponent());
        try {
            Key key = engine.keyFactory("RSA").generatePublic(new X509EncodedKeySpec(encoded));
            return engineKey(ObjectClass.PUBLIC_KEY, parts.getModulus(), key);
        } catch (InvalidKeySpecException e) {
            throw HsmException.dataInvalid("the engine refused the RSA public key")
                    .causedBy(e);
        }
    }

    /** A key that the engine made. */
    static EngineKey engineKey(ObjectClass objectClass, BigInteger modulus, Key key) {
        return new EngineKey(objectClass, KeyType.RSA, modulus.bitLength(), key);
    }

    @Override
    public byte[] encode(EngineKey key) {
        byte[] engines = key.jca().getEncoded();
        if (key.objectClass() == ObjectClass.PUBLIC_KEY) {
            return engines;
        }
        try {
            return pkcs8(RSAPrivateKey.getInstance(
                    PrivateKeyInfo.getInstance(engines).getPrivateKey().getOctets()));
        } finally {
            Arrays.fill(engines, (byte) 0);
        }
    }

    private static byte[] pkcs8(RSAPrivateKey parts) {
        try {
            return DerKey.encode(new PrivateKeyInfo(RSA, parts));
        } catch (IOException e) {
            throw HsmException.internal("an RSA private key could not be written in DER")
                    .causedBy(e);
        }
    }

    @Override
    public Attributes describe(EngineKey key) {
        BigInteger modulus = RsaPublicPart.of(key).modulus();
        return Attributes.of(Attribute.MODULUS, unsigned(modulus))
                .with(Attribute.MODULUS_BITS, (long) modulus.bitLength())
                .with(Attribute.PUBLIC_EXPONENT, unsigned(RsaPublicPart.of(key).exponent()));
    }

    private static Octets unsigned(BigInteger value) {
        return Octets.of(BigIntegers.asUnsignedByteArray(value));
    }

    @Override
    public byte[] subjectPublicKey(EngineKey key) {
        RsaPublicPart part = RsaPublicPart.of(key);
        return DerKey.encode(new org.bouncycastle.asn1.pkcs.RSAPublicKey(part.modulus(), part.exponent()));
    }
}
