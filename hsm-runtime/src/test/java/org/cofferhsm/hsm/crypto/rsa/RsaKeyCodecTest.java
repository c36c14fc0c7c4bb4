package org.cofferhsm.hsm.crypto.rsa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.crypto.Pairs.refused;

import java.math.BigInteger;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Random;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.crypto.EngineKeyPair;
import org.cofferhsm.hsm.crypto.TestEngine;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RsaKeyCodecTest {
    private static final AlgorithmIdentifier RSA =
            new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);

    private final RsaKeyCodec codec = new RsaKeyCodec(TestEngine.FASTEST.engine());
    private final KnownRsaKey known = new KnownRsaKey(TestEngine.FASTEST.engine());
    private final RSAPrivateKey parts = RSAPrivateKey.getInstance(
            PrivateKeyInfo.getInstance(known.answer("pkcs8")).getPrivateKey().getOctets());

    @ParameterizedTest
    @EnumSource
    void readsWhatItWrites(TestEngine engine) {
        RsaKeyCodec codec = new RsaKeyCodec(engine.engine());
        EngineKeyPair pair = RsaPairs.known(engine);
        assertThat(codec.encode(pair.privateKey())).isEqualTo(known.answer("pkcs8"));
        assertThat(codec.encode(pair.publicKey())).isEqualTo(known.answer("spki"));
        assertThat(pair.privateKey().bits()).isEqualTo(2048);
        assertThat(pair.privateKey()).hasToString("rsa private-key of 2048 bits");
    }

    @Test
    void keysBelongToTheFastEngine() {
        String provider = TestEngine.FASTEST.engine().providerOf("KeyFactory", "RSA");
        assertThat(known.privateKey().jca().getClass().getName())
                .contains(provider.startsWith("Amazon") ? "amazon" : "sun.security");
    }

    @Test
    void refusesEveryCutAndEveryTail() {
        for (byte[] encoded : new byte[][] {known.answer("pkcs8"), known.answer("spki")}) {
            ObjectClass half = encoded.length > 1000 ? ObjectClass.PRIVATE_KEY : ObjectClass.PUBLIC_KEY;
            for (int length = 0; length < encoded.length; length += 7) {
                byte[] cut = Arrays.copyOf(encoded, length);
                refused(Reason.DATA_INVALID, () -> codec.decode(half, KeyType.RSA, cut));
            }
            byte[] tail = Arrays.copyOf(encoded, encoded.length + 1);
            refused(Reason.DATA_INVALID, () -> codec.decode(half, KeyType.RSA, tail));
        }
    }

    @Test
    void survivesEveryByteChanged() {
        Random random = new Random(20260101);
        byte[] pkcs8 = known.answer("pkcs8");
        byte[] data = new byte[20];
        RsaPkcs1 family = new RsaPkcs1(TestEngine.FASTEST.engine());
        for (int i = 0; i < pkcs8.length; i++) {
            byte[] altered = pkcs8.clone();
            altered[i] ^= (byte) (1 << random.nextInt(8));
            try {
                EngineKey read = codec.decode(ObjectClass.PRIVATE_KEY, KeyType.RSA, altered);
                byte[] signature = family.sign(read, Algorithm.SHA256_RSA_PKCS, data);
                assertThat(family.verify(known.publicKey(), Algorithm.SHA256_RSA_PKCS, data, signature))
                        .as("byte %d was changed, and the key was read as another", i)
                        .isTrue();
            } catch (HsmException e) {
                assertThat(e.reason()).isIn(Reason.DATA_INVALID, Reason.KEY_SIZE_RANGE, Reason.ATTRIBUTE_VALUE_INVALID);
                assertThat(e).hasNoCause();
            }
        }
    }

    @Test
    void refusesKeysOfOtherAlgorithms() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        byte[] ec = generator.generateKeyPair().getPrivate().getEncoded();
        refused(Reason.DATA_INVALID, () -> codec.decode(ObjectClass.PRIVATE_KEY, KeyType.RSA, ec));
        AlgorithmIdentifier pss = new AlgorithmIdentifier(PKCSObjectIdentifiers.id_RSASSA_PSS, DERNull.INSTANCE);
        byte[] labelledPss = new PrivateKeyInfo(pss, parts).getEncoded();
        refused(Reason.DATA_INVALID, () -> codec.decode(ObjectClass.PRIVATE_KEY, KeyType.RSA, labelledPss));
        AlgorithmIdentifier odd =
                new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, new ASN1ObjectIdentifier("1.2.3"));
        byte[] oddParameters = new PrivateKeyInfo(odd, parts).getEncoded();
        refused(Reason.DATA_INVALID, () -> codec.decode(ObjectClass.PRIVATE_KEY, KeyType.RSA, oddParameters));
        refused(Reason.DATA_INVALID, () -> codec.decode(ObjectClass.PRIVATE_KEY, KeyType.RSA, known.answer("spki")));
    }

    @Test
    void refusesOtherSizes() throws Exception {
        for (int bits : new int[] {1024, 2047, 4104}) {
            BigInteger modulus = BigInteger.ONE.shiftLeft(bits - 1).setBit(0);
            refused(Reason.KEY_SIZE_RANGE, () -> readPublic(modulus, BigInteger.valueOf(65537)));
        }
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        byte[] small = generator.generateKeyPair().getPrivate().getEncoded();
        refused(Reason.KEY_SIZE_RANGE, () -> codec.decode(ObjectClass.PRIVATE_KEY, KeyType.RSA, small));
    }

    @Test
    void refusesExponentsAndModuliThatAreNone() {
        BigInteger n = parts.getModulus();
        for (long e : new long[] {-3, 0, 1, 2, 65536}) {
            refused(Reason.DATA_INVALID, () -> readPublic(n, BigInteger.valueOf(e)));
        }
        refused(Reason.DATA_INVALID, () -> readPublic(n.subtract(BigInteger.ONE), BigInteger.valueOf(65537)));
        refused(Reason.DATA_INVALID, () -> readPublic(n.negate(), BigInteger.valueOf(65537)));
        refused(
                Reason.ATTRIBUTE_VALUE_INVALID,
                () -> readPublic(n, BigInteger.ONE.shiftLeft(33).setBit(0)));
        assertThat(readPublic(n, BigInteger.valueOf(3)).bits()).isEqualTo(2048);
    }

    private EngineKey readPublic(BigInteger modulus, BigInteger exponent) {
        try {
            byte[] encoded = new SubjectPublicKeyInfo(RSA, new RSAPublicKey(modulus, exponent)).getEncoded();
            return codec.decode(ObjectClass.PUBLIC_KEY, KeyType.RSA, encoded);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void refusesPartsThatDoNotFit() throws Exception {
        BigInteger[] good = {
            parts.getModulus(),
            parts.getPublicExponent(),
            parts.getPrivateExponent(),
            parts.getPrime1(),
            parts.getPrime2(),
            parts.getExponent1(),
            parts.getExponent2(),
            parts.getCoefficient()
        };
        for (int i = 0; i < good.length; i++) {
            for (BigInteger wrong :
                    new BigInteger[] {good[i].add(BigInteger.TWO), BigInteger.ZERO, good[i].negate(), BigInteger.ONE}) {
                BigInteger[] altered = good.clone();
                altered[i] = wrong;
                byte[] encoded = new PrivateKeyInfo(
                                RSA,
                                new RSAPrivateKey(
                                        altered[0],
                                        altered[1],
                                        altered[2],
                                        altered[3],
                                        altered[4],
                                        altered[5],
                                        altered[6],
                                        altered[7]))
                        .getEncoded();
                refused(Reason.DATA_INVALID, () -> codec.decode(ObjectClass.PRIVATE_KEY, KeyType.RSA, encoded));
            }
        }
    }
}
