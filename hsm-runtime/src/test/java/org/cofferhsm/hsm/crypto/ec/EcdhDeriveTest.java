package org.cofferhsm.hsm.crypto.ec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.crypto.Pairs.hex;
import static org.cofferhsm.hsm.crypto.Pairs.refused;

import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.KeyAgreement;
import org.bouncycastle.jcajce.spec.UserKeyingMaterialSpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.crypto.EngineKeyPair;
import org.cofferhsm.hsm.crypto.KeyPairCodec;
import org.cofferhsm.hsm.crypto.Pairs;
import org.cofferhsm.hsm.crypto.TestEngine;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Curve;
import org.cofferhsm.hsm.key.Hash;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.Parameters;
import org.cofferhsm.hsm.key.SecretBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EcdhDeriveTest {
    private static final BouncyCastleProvider BOUNCY_CASTLE = new BouncyCastleProvider();

    private static KeyPairCodec codec(TestEngine engine, Curve curve) {
        return curve.keyType() == KeyType.EC ? new EcKeyCodec(engine.engine()) : new Rfc8410KeyCodec(engine.engine());
    }

    private static Octets point(TestEngine engine, EngineKeyPair pair, Curve curve) {
        return Octets.of(codec(engine, curve).subjectPublicKey(pair.publicKey()));
    }

    private static byte[] derive(TestEngine engine, EngineKey key, Algorithm algorithm, int bytes) {
        try (SecretBytes secret = new EcdhDerive(engine.engine()).derive(key, algorithm, bytes)) {
            return secret.use(byte[]::clone);
        }
    }

    private static Algorithm withKdf(Octets peer, Hash hash, Octets info) {
        return new Algorithm(MechanismType.ECDH1_DERIVE, new Parameters.Ecdh(peer, Optional.of(hash), info));
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/vectors/ecdh.csv", useHeadersInDisplayName = true)
    void agreesAsPublished(Curve curve, String privateKey, String peer, String shared) {
        for (TestEngine engine : TestEngine.values()) {
            EngineKey key = codec(engine, curve).decode(ObjectClass.PRIVATE_KEY, curve.keyType(), hex(privateKey));
            Algorithm algorithm = Algorithm.ecdh(Octets.ofHex(peer));
            assertThat(derive(engine, key, algorithm, 0)).isEqualTo(hex(shared));
            byte[] tail = Arrays.copyOfRange(hex(shared), hex(shared).length - 16, hex(shared).length);
            assertThat(derive(engine, key, algorithm, 16)).isEqualTo(tail);
        }
    }

    @ParameterizedTest
    @EnumSource
    void passesItsSelfTests(TestEngine engine) {
        Pairs.passesItsSelfTests(new EcdhDerive(engine.engine()));
    }

    @ParameterizedTest
    @EnumSource(
            names = {"ED25519"},
            mode = EnumSource.Mode.EXCLUDE)
    void bothSidesComeToTheSame(Curve curve) {
        EngineKeyPair alice = EcPairs.fresh(TestEngine.FASTEST, curve);
        EngineKeyPair bob = EcPairs.fresh(TestEngine.WITHOUT_NATIVE_CODE, curve);
        Octets toAlice = point(TestEngine.WITHOUT_NATIVE_CODE, bob, curve);
        Octets toBob = point(TestEngine.FASTEST, alice, curve);
        byte[] ofAlice = derive(TestEngine.FASTEST, alice.privateKey(), Algorithm.ecdh(toAlice), 0);
        byte[] ofBob = derive(TestEngine.WITHOUT_NATIVE_CODE, bob.privateKey(), Algorithm.ecdh(toBob), 0);
        assertThat(ofAlice).isEqualTo(ofBob).hasSize(curve.bytes());
    }

    @ParameterizedTest
    @EnumSource
    void derivesAsBouncyCastleDoes(TestEngine engine) throws Exception {
        EngineKeyPair mine = EcPairs.fresh(engine, Curve.P384);
        EngineKeyPair peer = EcPairs.fresh(engine, Curve.P384);
        EcKeyCodec codec = new EcKeyCodec(engine.engine());
        KeyFactory keys = KeyFactory.getInstance("EC", BOUNCY_CASTLE);
        Octets info = Octets.of((byte) 1, (byte) 2);
        KeyAgreement other = KeyAgreement.getInstance("ECDHwithSHA256KDF", BOUNCY_CASTLE);
        other.init(
                keys.generatePrivate(new PKCS8EncodedKeySpec(codec.encode(mine.privateKey()))),
                new UserKeyingMaterialSpec(info.toByteArray()));
        other.doPhase(keys.generatePublic(new X509EncodedKeySpec(codec.encode(peer.publicKey()))), true);
        byte[] theirs = other.generateSecret("AES").getEncoded();
        Octets point = point(engine, peer, Curve.P384);
        assertThat(derive(engine, mine.privateKey(), withKdf(point, Hash.SHA256, info), theirs.length))
                .isEqualTo(theirs);
        assertThat(derive(engine, mine.privateKey(), withKdf(point, Hash.SHA512, info), 0))
                .hasSize(64);
        assertThat(derive(engine, mine.privateKey(), withKdf(point, Hash.SHA1, info), 100))
                .hasSize(100)
                .startsWith(derive(engine, mine.privateKey(), withKdf(point, Hash.SHA1, info), 20));
    }

    @ParameterizedTest
    @EnumSource
    void refusesToStretchTheSecret(TestEngine engine) {
        EngineKeyPair mine = EcPairs.fresh(engine, Curve.P256);
        Octets point = point(engine, mine, Curve.P256);
        for (int bytes : new int[] {-1, 33, 64}) {
            refused(Reason.KEY_SIZE_RANGE, () -> derive(engine, mine.privateKey(), Algorithm.ecdh(point), bytes));
        }
        refused(
                Reason.KEY_SIZE_RANGE,
                () -> derive(engine, mine.privateKey(), withKdf(point, Hash.SHA256, Octets.EMPTY), 1 << 20));
        refused(
                Reason.MECHANISM_PARAMETER_INVALID,
                () -> derive(engine, mine.privateKey(), Algorithm.of(MechanismType.ECDH1_DERIVE), 0));
    }

    @ParameterizedTest
    @EnumSource(names = {"P256", "P384", "P521", "SECP256K1"})
    void refusesPointsThatAreNotOnTheCurve(Curve curve) {
        for (TestEngine engine : TestEngine.values()) {
            EngineKeyPair mine = EcPairs.fresh(engine, curve);
            byte[] good = point(engine, mine, curve).toByteArray();
            byte[] besideTheCurve = good.clone();
            besideTheCurve[good.length - 1] ^= 1;
            byte[] zeros = new byte[good.length];
            zeros[0] = 4;
            byte[] outsideTheField = new byte[good.length];
            Arrays.fill(outsideTheField, (byte) 0xff);
            outsideTheField[0] = 4;
            byte[] compressed = Arrays.copyOf(good, 1 + curve.bytes());
            compressed[0] = 2;
            byte[] hybrid = good.clone();
            hybrid[0] = 6;
            for (byte[] bad : new byte[][] {
                besideTheCurve,
                zeros,
                outsideTheField,
                compressed,
                hybrid,
                {0},
                {},
                Arrays.copyOf(good, good.length - 1),
                Arrays.copyOf(good, good.length + 1)
            }) {
                refused(
                        Reason.MECHANISM_PARAMETER_INVALID,
                        () -> derive(engine, mine.privateKey(), Algorithm.ecdh(Octets.of(bad)), 0));
            }
        }
    }

    @Test
    void refusesPointsOfAnotherCurve() {
        EngineKeyPair mine = EcPairs.fresh(TestEngine.FASTEST, Curve.P256);
        EngineKeyPair other = EcPairs.fresh(TestEngine.FASTEST, Curve.SECP256K1);
        Octets point = point(TestEngine.FASTEST, other, Curve.SECP256K1);
        refused(
                Reason.MECHANISM_PARAMETER_INVALID,
                () -> derive(TestEngine.FASTEST, mine.privateKey(), Algorithm.ecdh(point), 0));
    }

    /** The points of order 1, 2, 4 and 8 of Curve25519 and its twist (RFC 7748 §6.1 and its reference 26), in every spelling. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
                "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "0000000000000000000000000000000000000000000000000000000000000080"
            })
    void refusesPointsOfSmallOrder(String peer) {
        for (TestEngine engine : TestEngine.values()) {
            EngineKeyPair mine = EcPairs.fresh(engine, Curve.X25519);
            refused(
                    Reason.MECHANISM_PARAMETER_INVALID,
                    () -> derive(engine, mine.privateKey(), Algorithm.ecdh(Octets.ofHex(peer)), 0));
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesX25519KeysOfOtherLengths(TestEngine engine) {
        EngineKeyPair mine = EcPairs.fresh(engine, Curve.X25519);
        for (int length : new int[] {0, 31, 33, 65}) {
            refused(
                    Reason.MECHANISM_PARAMETER_INVALID,
                    () -> derive(engine, mine.privateKey(), Algorithm.ecdh(Octets.of(new byte[length])), 0));
        }
    }
}
