package org.cofferhsm.hsm.crypto.ec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.crypto.Pairs.refused;

import java.math.BigInteger;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Random;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.crypto.EngineKeyPair;
import org.cofferhsm.hsm.crypto.TestEngine;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Curve;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EcKeyCodecTest {
    private final EcKeyCodec codec = new EcKeyCodec(TestEngine.FASTEST.engine());
    private final EngineKeyPair pair = EcPairs.fresh(TestEngine.FASTEST, Curve.P256);
    private final byte[] point = codec.subjectPublicKey(pair.publicKey());
    private final BigInteger d =
            ((java.security.interfaces.ECPrivateKey) pair.privateKey().jca()).getS();

    private EngineKey readPrivate(byte[] encoded) {
        return codec.decode(ObjectClass.PRIVATE_KEY, KeyType.EC, encoded);
    }

    private EngineKey readPublic(byte[] encoded) {
        return codec.decode(ObjectClass.PUBLIC_KEY, KeyType.EC, encoded);
    }

    private static byte[] pkcs8(Curve curve, BigInteger d, byte @Nullable [] point) throws Exception {
        DERBitString stated = point == null ? null : new DERBitString(point);
        return new PrivateKeyInfo(
                        EcAlgorithm.of(curve),
                        new ECPrivateKey(curve == Curve.P521 ? 521 : curve.bits(), d, stated, null))
                .getEncoded();
    }

    /** The JDK leaves the public point out of its PKCS#8. */
    @ParameterizedTest
    @EnumSource
    void completesKeysWithoutTheirPublicPoint(TestEngine engine) throws Exception {
        EcKeyCodec codec = new EcKeyCodec(engine.engine());
        for (Curve curve : new Curve[] {Curve.P256, Curve.P384, Curve.P521}) {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", "SunEC");
            generator.initialize(new ECGenParameterSpec(curve.standardName()));
            java.security.KeyPair foreign = generator.generateKeyPair();
            EngineKey key = codec.decode(
                    ObjectClass.PRIVATE_KEY, KeyType.EC, foreign.getPrivate().getEncoded());
            byte[] publicPoint = SubjectPublicKeyInfo.getInstance(
                            foreign.getPublic().getEncoded())
                    .getPublicKeyData()
                    .getOctets();
            assertThat(codec.subjectPublicKey(key)).isEqualTo(publicPoint);
            ECPrivateKey content = ECPrivateKey.getInstance(PrivateKeyInfo.getInstance(codec.encode(key))
                    .getPrivateKey()
                    .getOctets());
            assertThat(content.getPublicKey().getOctets()).isEqualTo(publicPoint);
        }
    }

    @Test
    void refusesThePublicPointOfAnother() throws Exception {
        byte[] other = codec.subjectPublicKey(
                EcPairs.fresh(TestEngine.FASTEST, Curve.P256).publicKey());
        byte[] encoded = pkcs8(Curve.P256, d, other);
        refused(Reason.DATA_INVALID, () -> readPrivate(encoded));
        assertThat(readPrivate(pkcs8(Curve.P256, d, point)).bits()).isEqualTo(256);
    }

    @Test
    void refusesNumbersOutOfRange() throws Exception {
        BigInteger order = EcDomain.of(Curve.P256).order();
        for (BigInteger wrong : new BigInteger[] {BigInteger.ZERO, order, order.add(BigInteger.ONE)}) {
            byte[] encoded = pkcs8(Curve.P256, wrong, null);
            refused(Reason.DATA_INVALID, () -> readPrivate(encoded));
        }
        assertThat(readPrivate(pkcs8(Curve.P256, order.subtract(BigInteger.ONE), null))
                        .bits())
                .isEqualTo(256);
    }

    @Test
    void refusesCurvesThatAreNotSupportedOrNotNamed() throws Exception {
        ASN1Encodable explicit = EcDomain.of(Curve.P256).parameters().toASN1Primitive();
        for (ASN1Encodable parameters : new ASN1Encodable[] {
            new ASN1ObjectIdentifier("1.3.132.0.33"),
            new ASN1ObjectIdentifier("1.3.36.3.3.2.8.1.1.7"),
            explicit,
            DERNull.INSTANCE
        }) {
            AlgorithmIdentifier algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, parameters);
            byte[] privateKey = new PrivateKeyInfo(algorithm, new ECPrivateKey(256, d)).getEncoded();
            refused(Reason.ATTRIBUTE_VALUE_INVALID, () -> readPrivate(privateKey));
            byte[] publicKey = new SubjectPublicKeyInfo(algorithm, point).getEncoded();
            refused(Reason.ATTRIBUTE_VALUE_INVALID, () -> readPublic(publicKey));
        }
        AlgorithmIdentifier edwards = new AlgorithmIdentifier(
                X9ObjectIdentifiers.id_ecPublicKey, new ASN1ObjectIdentifier(Curve.ED25519.oid()));
        byte[] publicKey = new SubjectPublicKeyInfo(edwards, new byte[32]).getEncoded();
        refused(Reason.DATA_INVALID, () -> readPublic(publicKey));
    }

    @Test
    void refusesTwoDifferentCurves() throws Exception {
        ECPrivateKey content = new ECPrivateKey(256, d, new ASN1ObjectIdentifier(Curve.SECP256K1.oid()));
        byte[] encoded = new PrivateKeyInfo(EcAlgorithm.of(Curve.P256), content).getEncoded();
        refused(Reason.DATA_INVALID, () -> readPrivate(encoded));
        ECPrivateKey same = new ECPrivateKey(256, d, new ASN1ObjectIdentifier(Curve.P256.oid()));
        byte[] twice = new PrivateKeyInfo(EcAlgorithm.of(Curve.P256), same).getEncoded();
        assertThat(codec.encode(readPrivate(twice))).isEqualTo(pkcs8(Curve.P256, d, point));
    }

    @Test
    void refusesPointsThatAreNone() throws Exception {
        byte[] besideTheCurve = point.clone();
        besideTheCurve[64] ^= 1;
        byte[] compressed = Arrays.copyOf(point, 33);
        compressed[0] = (byte) (2 + (point[64] & 1));
        for (byte[] bad : new byte[][] {besideTheCurve, compressed, {0}, {}, Arrays.copyOf(point, 64)}) {
            byte[] encoded = new SubjectPublicKeyInfo(EcAlgorithm.of(Curve.P256), bad).getEncoded();
            refused(Reason.DATA_INVALID, () -> readPublic(encoded));
        }
    }

    @Test
    void refusesEveryCutAndEveryTail() {
        byte[] privateKey = codec.encode(pair.privateKey());
        byte[] publicKey = codec.encode(pair.publicKey());
        for (int length = 0; length <= privateKey.length + 1; length++) {
            byte[] other = Arrays.copyOf(privateKey, length);
            if (length != privateKey.length) {
                refused(Reason.DATA_INVALID, () -> readPrivate(other));
            }
        }
        for (int length = 0; length <= publicKey.length + 1; length++) {
            byte[] other = Arrays.copyOf(publicKey, length);
            if (length != publicKey.length) {
                refused(Reason.DATA_INVALID, () -> readPublic(other));
            }
        }
    }

    @Test
    void survivesEveryBitChanged() {
        byte[] privateKey = codec.encode(pair.privateKey());
        Ecdsa family = new Ecdsa(TestEngine.FASTEST.engine());
        Random random = new Random(20260101);
        for (int i = 0; i < privateKey.length * 8; i++) {
            byte[] altered = privateKey.clone();
            altered[i / 8] ^= (byte) (1 << (i % 8));
            try {
                EngineKey read = readPrivate(altered);
                byte[] digest = new byte[32];
                random.nextBytes(digest);
                byte[] signature = family.sign(read, Algorithm.ECDSA, digest);
                assertThat(family.verify(pair.publicKey(), Algorithm.ECDSA, digest, signature))
                        .as("bit %d was changed, and the key was read as another", i)
                        .isTrue();
            } catch (HsmException e) {
                assertThat(e.reason()).isIn(Reason.DATA_INVALID, Reason.ATTRIBUTE_VALUE_INVALID);
            }
        }
    }
}
