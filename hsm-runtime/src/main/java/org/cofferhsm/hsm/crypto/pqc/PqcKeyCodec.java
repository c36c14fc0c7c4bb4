package org.cofferhsm.hsm.crypto.pqc;

import java.io.IOException;
import java.util.Set;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLKEMPublicKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.cofferhsm.hsm.crypto.DerKey;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.crypto.KeyPairCodec;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.ObjectClass;

/**
 * ML-DSA and ML-KEM keys (RFC 9881, RFC 9935). Private keys are read as seed, expanded key or both, which then have to
 * fit together; they are written as their seed where it is known, as the expanded key otherwise.
 */
public final class PqcKeyCodec implements KeyPairCodec {

    @Override
    public Set<KeyType> keyTypes() {
        return Set.of(KeyType.ML_DSA, KeyType.ML_KEM);
    }

    @Override
    public EngineKey decode(ObjectClass objectClass, KeyType type, byte[] encoded) {
        return objectClass == ObjectClass.PRIVATE_KEY ? privateKey(type, encoded) : publicKey(type, encoded);
    }

    private static EngineKey privateKey(KeyType type, byte[] encoded) {
        PrivateKeyInfo info = DerKey.privateKey(encoded);
        PqcOid oid = PqcOid.of(type, info.getPrivateKeyAlgorithm());
        AsymmetricKeyParameter key =
                DerKey.understand(() -> PrivateKeyFactory.createKey(info), "a valid private key of " + oid.set());
        return engineKey(ObjectClass.PRIVATE_KEY, oid, key);
    }

    private static EngineKey publicKey(KeyType type, byte[] encoded) {
        SubjectPublicKeyInfo info = DerKey.publicKey(encoded);
        PqcOid oid = PqcOid.of(type, info.getAlgorithm());
        AsymmetricKeyParameter key =
                DerKey.understand(() -> PublicKeyFactory.createKey(info), "a valid public key of " + oid.set());
        return engineKey(ObjectClass.PUBLIC_KEY, oid, key);
    }

    /** A key that the engine made. */
    static EngineKey engineKey(ObjectClass objectClass, PqcOid oid, AsymmetricKeyParameter key) {
        PqcKey jca = new PqcKey(oid.set(), key);
        return new EngineKey(objectClass, oid.set().keyType(), publicBytes(key).length * 8, jca);
    }

    @Override
    public byte[] encode(EngineKey key) {
        PqcKey pqc = PqcKey.of(key);
        if (!pqc.parameters().isPrivate()) {
            return DerKey.encode(
                    new SubjectPublicKeyInfo(PqcOid.of(pqc.set()).algorithm(), publicBytes(pqc.parameters())));
        }
        try {
            return DerKey.encode(PrivateKeyInfoFactory.createPrivateKeyInfo(shortest(pqc.parameters())));
        } catch (IOException e) {
            throw HsmException.internal("a lattice key could not be written in DER")
                    .causedBy(e);
        }
    }

    private static AsymmetricKeyParameter shortest(AsymmetricKeyParameter key) {
        if (key instanceof MLDSAPrivateKeyParameters half) {
            return half.getParametersWithFormat(
                    half.getSeed() == null
                            ? MLDSAPrivateKeyParameters.EXPANDED_KEY
                            : MLDSAPrivateKeyParameters.SEED_ONLY);
        }
        MLKEMPrivateKeyParameters half = (MLKEMPrivateKeyParameters) key;
        return half.withPreferredFormat(
                half.getSeed() == null ? MLKEMPrivateKeyParameters.EXPANDED_KEY : MLKEMPrivateKeyParameters.SEED_ONLY);
    }

    @Override
    public Attributes describe(EngineKey key) {
        return Attributes.of(Attribute.PARAMETER_SET, PqcKey.of(key).set());
    }

    /** The public key as FIPS 203 and 204 write it. */
    @Override
    public byte[] subjectPublicKey(EngineKey key) {
        return publicBytes(PqcKey.of(key).parameters());
    }

    static byte[] publicBytes(AsymmetricKeyParameter key) {
        if (key instanceof MLDSAPrivateKeyParameters half) {
            return half.getPublicKey();
        }
        if (key instanceof MLDSAPublicKeyParameters half) {
            return half.getEncoded();
        }
        return key instanceof MLKEMPrivateKeyParameters half
                ? half.getPublicKey()
                : ((MLKEMPublicKeyParameters) key).getEncoded();
    }
}
