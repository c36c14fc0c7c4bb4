package org.cofferhsm.hsm.crypto.ec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.crypto.Pairs.hex;
import static org.cofferhsm.hsm.crypto.Pairs.refused;

import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.cofferhsm.hsm.crypto.DerKey;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.crypto.EngineKeyPair;
import org.cofferhsm.hsm.crypto.Pairs;
import org.cofferhsm.hsm.crypto.TestEngine;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Curve;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.EnumSource;

class EcdsaTest {
    private static final BouncyCastleProvider BOUNCY_CASTLE = new BouncyCastleProvider();
    private static final byte[] DATA = "what is signed".getBytes(StandardCharsets.US_ASCII);
    private static final Curve[] CURVES = {Curve.P256, Curve.P384, Curve.P521, Curve.SECP256K1};

    @ParameterizedTest(name = "{0} {1} {3}")
    @CsvFileSource(resources = "/vectors/rfc6979.csv", useHeadersInDisplayName = true)
    void verifiesAsPublished(Curve curve, MechanismType type, String point, String message, String signature) {
        byte[] spki = DerKey.encode(new SubjectPublicKeyInfo(EcAlgorithm.of(curve), hex(point)));
        byte[] data = message.getBytes(StandardCharsets.US_ASCII);
        for (TestEngine engine : TestEngine.values()) {
            EngineKey key = new EcKeyCodec(engine.engine()).decode(ObjectClass.PUBLIC_KEY, KeyType.EC, spki);
            Ecdsa family = new Ecdsa(engine.engine());
            assertThat(family.verify(key, Algorithm.of(type), data, hex(signature)))
                    .isTrue();
            String hash = type.name().replace("ECDSA_SHA", "SHA-");
            byte[] digest = engine.engine().messageDigest(hash).digest(data);
            assertThat(family.verify(key, Algorithm.ECDSA, digest, hex(signature)))
                    .isTrue();
            assertThat(family.verify(key, Algorithm.of(type), DATA, hex(signature)))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void passesItsSelfTests(TestEngine engine) {
        Pairs.passesItsSelfTests(new Ecdsa(engine.engine()));
    }

    @ParameterizedTest
    @EnumSource
    void understandsBouncyCastle(TestEngine engine) throws Exception {
        Ecdsa family = new Ecdsa(engine.engine());
        for (Curve curve : CURVES) {
            EngineKeyPair pair = EcPairs.fresh(engine, curve);
            Signature other = Signature.getInstance("SHA256withPLAIN-ECDSA", BOUNCY_CASTLE);
            other.initSign(bouncyPrivate(engine, pair));
            other.update(DATA);
            byte[] theirs = other.sign();
            assertThat(family.verify(pair.publicKey(), Algorithm.ECDSA_SHA256, DATA, theirs))
                    .as(curve.standardName())
                    .isTrue();
            other.initVerify(bouncyPublic(engine, pair));
            other.update(DATA);
            byte[] ours = family.sign(pair.privateKey(), Algorithm.ECDSA_SHA256, DATA);
            assertThat(ours).hasSize(2 * curve.bytes());
            assertThat(other.verify(ours)).isTrue();
        }
    }

    private static PrivateKey bouncyPrivate(TestEngine engine, EngineKeyPair pair) throws Exception {
        byte[] encoded = new EcKeyCodec(engine.engine()).encode(pair.privateKey());
        return KeyFactory.getInstance("EC", BOUNCY_CASTLE).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }

    private static PublicKey bouncyPublic(TestEngine engine, EngineKeyPair pair) throws Exception {
        byte[] encoded = new EcKeyCodec(engine.engine()).encode(pair.publicKey());
        return KeyFactory.getInstance("EC", BOUNCY_CASTLE).generatePublic(new X509EncodedKeySpec(encoded));
    }

    @ParameterizedTest
    @EnumSource
    void signsDigestsOfEveryLength(TestEngine engine) {
        Ecdsa family = new Ecdsa(engine.engine());
        for (Curve curve : CURVES) {
            EngineKeyPair pair = EcPairs.fresh(engine, curve);
            for (int length : new int[] {1, 20, 28, 32, 48, 64}) {
                byte[] digest = new byte[length];
                Arrays.fill(digest, (byte) (length + 1));
                byte[] signature = family.sign(pair.privateKey(), Algorithm.ECDSA, digest);
                assertThat(signature).hasSize(2 * curve.bytes());
                assertThat(family.verify(pair.publicKey(), Algorithm.ECDSA, digest, signature))
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhatIsNoDigest(TestEngine engine) {
        Ecdsa family = new Ecdsa(engine.engine());
        EngineKeyPair pair = EcPairs.fresh(engine, Curve.P256);
        for (int length : new int[] {0, 65, 1000}) {
            refused(Reason.DATA_LENGTH_RANGE, () -> family.sign(pair.privateKey(), Algorithm.ECDSA, new byte[length]));
            refused(
                    Reason.DATA_LENGTH_RANGE,
                    () -> family.verify(pair.publicKey(), Algorithm.ECDSA, new byte[length], new byte[64]));
        }
        refused(Reason.MECHANISM_INVALID, () -> family.startSign(pair.privateKey(), Algorithm.ECDSA));
        Algorithm stray = new Algorithm(MechanismType.ECDSA, Algorithm.SHA256_RSA_PSS.parameters());
        refused(Reason.MECHANISM_PARAMETER_INVALID, () -> family.sign(pair.privateKey(), stray, new byte[32]));
    }

    @ParameterizedTest
    @EnumSource
    void refusesAlteredSignatures(TestEngine engine) {
        Ecdsa family = new Ecdsa(engine.engine());
        for (Curve curve : CURVES) {
            EngineKeyPair pair = EcPairs.fresh(engine, curve);
            Pairs.refusesAlteredSignatures(family, Algorithm.ECDSA, pair, new byte[32]);
            Pairs.refusesAlteredSignatures(family, Algorithm.ECDSA_SHA384, pair, DATA);
        }
    }

    /** A half that is zero, the order, or padded to another length is no half. */
    @ParameterizedTest
    @EnumSource
    void refusesHalvesOutOfRange(TestEngine engine) {
        Ecdsa family = new Ecdsa(engine.engine());
        EngineKeyPair pair = EcPairs.fresh(engine, Curve.P256);
        byte[] digest = new byte[32];
        byte[] good = family.sign(pair.privateKey(), Algorithm.ECDSA, digest);
        byte[] order = org.bouncycastle.util.BigIntegers.asUnsignedByteArray(
                32, EcDomain.of(Curve.P256).order());
        byte[] zeroR = good.clone();
        Arrays.fill(zeroR, 0, 32, (byte) 0);
        byte[] orderS = good.clone();
        System.arraycopy(order, 0, orderS, 32, 32);
        byte[] padded = new byte[66];
        System.arraycopy(good, 0, padded, 1, 32);
        System.arraycopy(good, 32, padded, 34, 32);
        for (byte[] bad : new byte[][] {zeroR, orderS, padded}) {
            assertThat(family.verify(pair.publicKey(), Algorithm.ECDSA, digest, bad))
                    .isFalse();
            assertThat(family.verify(pair.publicKey(), Algorithm.ECDSA_SHA256, DATA, bad))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void signsInPieces(TestEngine engine) {
        for (Curve curve : CURVES) {
            Pairs.signsInPiecesAsInOne(
                    new Ecdsa(engine.engine()), Algorithm.ECDSA_SHA256, EcPairs.fresh(engine, curve));
        }
    }

    @ParameterizedTest
    @EnumSource
    void servesEightThreads(TestEngine engine) throws Exception {
        EngineKeyPair pair = EcPairs.fresh(engine, Curve.P256);
        Pairs.servesEightThreads(new Ecdsa(engine.engine()), Algorithm.ECDSA_SHA256, pair);
        Pairs.servesEightThreads(new Ecdsa(engine.engine()), Algorithm.ECDSA, pair);
    }
}
