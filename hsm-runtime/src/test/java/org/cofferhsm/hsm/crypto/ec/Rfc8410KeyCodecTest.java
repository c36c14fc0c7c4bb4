package org.cofferhsm.hsm.crypto.ec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.crypto.Pairs.refused;

import java.util.Arrays;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.crypto.EngineKeyPair;
import org.cofferhsm.hsm.crypto.TestEngine;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Curve;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class Rfc8410KeyCodecTest {
    private final Rfc8410KeyCodec codec = new Rfc8410KeyCodec(TestEngine.FASTEST.engine());

    private EngineKey readPrivate(Rfc8410Curve curve, byte[] encoded) {
        return codec.decode(ObjectClass.PRIVATE_KEY, curve.curve().keyType(), encoded);
    }

    private EngineKey readPublic(Rfc8410Curve curve, byte[] encoded) {
        return codec.decode(ObjectClass.PUBLIC_KEY, curve.curve().keyType(), encoded);
    }

    @ParameterizedTest
    @EnumSource
    void readsThePublicKeyThatIsStoredWithAPrivateOne(Rfc8410Curve curve) throws Exception {
        EngineKeyPair pair = EcPairs.fresh(TestEngine.FASTEST, curve.curve());
        byte[] publicKey = codec.subjectPublicKey(pair.publicKey());
        byte[] versionOne = codec.encode(pair.privateKey());
        PrivateKeyInfo info = PrivateKeyInfo.getInstance(versionOne);
        byte[] versionTwo = new PrivateKeyInfo(curve.algorithm(), info.parsePrivateKey(), null, publicKey).getEncoded();
        assertThat(codec.encode(readPrivate(curve, versionTwo)))
                .isEqualTo(versionOne)
                .hasSize(48);
        publicKey[3] ^= 1;
        byte[] foreign = new PrivateKeyInfo(curve.algorithm(), info.parsePrivateKey(), null, publicKey).getEncoded();
        refused(Reason.DATA_INVALID, () -> readPrivate(curve, foreign));
    }

    @ParameterizedTest
    @EnumSource
    void refusesOtherLengthsCutsAndTails(Rfc8410Curve curve) throws Exception {
        for (int length : new int[] {0, 31, 33, 64}) {
            byte[] encoded = new PrivateKeyInfo(curve.algorithm(), new DEROctetString(new byte[length])).getEncoded();
            refused(Reason.DATA_INVALID, () -> readPrivate(curve, encoded));
            byte[] publicKey = new SubjectPublicKeyInfo(curve.algorithm(), new byte[length]).getEncoded();
            refused(Reason.DATA_INVALID, () -> readPublic(curve, publicKey));
        }
        byte[] good =
                codec.encode(EcPairs.fresh(TestEngine.FASTEST, curve.curve()).privateKey());
        for (int length = 0; length < 60; length++) {
            byte[] other = Arrays.copyOf(good, length);
            if (length != good.length) {
                refused(Reason.DATA_INVALID, () -> readPrivate(curve, other));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesKeysOfTheOtherCurveAndParameters(Rfc8410Curve curve) throws Exception {
        Curve other = curve == Rfc8410Curve.ED25519 ? Curve.X25519 : Curve.ED25519;
        byte[] encoded = codec.encode(EcPairs.fresh(TestEngine.FASTEST, other).privateKey());
        refused(Reason.DATA_INVALID, () -> readPrivate(curve, encoded));
        AlgorithmIdentifier withNull = new AlgorithmIdentifier(curve.algorithm().getAlgorithm(), DERNull.INSTANCE);
        byte[] parameters = new PrivateKeyInfo(withNull, new DEROctetString(new byte[32])).getEncoded();
        refused(Reason.DATA_INVALID, () -> readPrivate(curve, parameters));
        refused(Reason.KEY_TYPE_INCONSISTENT, () -> codec.decode(ObjectClass.PRIVATE_KEY, KeyType.RSA, encoded));
    }

    /** The neutral element, a point of order 8, and bytes that are no point. */
    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(
            strings = {
                "0100000000000000000000000000000000000000000000000000000000000000",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "0200000000000000000000000000000000000000000000000000000000000000",
                "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
            })
    void refusesEd25519KeysThatAreNone(String hex) throws Exception {
        byte[] encoded = new SubjectPublicKeyInfo(
                        Rfc8410Curve.ED25519.algorithm(),
                        java.util.HexFormat.of().parseHex(hex))
                .getEncoded();
        refused(Reason.DATA_INVALID, () -> readPublic(Rfc8410Curve.ED25519, encoded));
    }
}
