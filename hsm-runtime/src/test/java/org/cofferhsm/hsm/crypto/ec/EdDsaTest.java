package org.cofferhsm.hsm.crypto.ec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.crypto.Pairs.hex;
import static org.cofferhsm.hsm.crypto.Pairs.refused;

import java.util.Arrays;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
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
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.Parameters;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.EnumSource;

class EdDsaTest {

    @ParameterizedTest(name = "message {2}")
    @CsvFileSource(resources = "/vectors/rfc8032.csv", useHeadersInDisplayName = true)
    void signsAsPublished(String pkcs8, String spki, @Nullable String message, String signature) {
        for (TestEngine engine : TestEngine.values()) {
            Rfc8410KeyCodec codec = new Rfc8410KeyCodec(engine.engine());
            EngineKey privateKey = codec.decode(ObjectClass.PRIVATE_KEY, KeyType.EC_EDWARDS, hex(pkcs8));
            EngineKey publicKey = codec.decode(ObjectClass.PUBLIC_KEY, KeyType.EC_EDWARDS, hex(spki));
            EdDsa family = new EdDsa(engine.engine());
            assertThat(family.sign(privateKey, Algorithm.EDDSA, hex(message))).isEqualTo(hex(signature));
            assertThat(family.verify(publicKey, Algorithm.EDDSA, hex(message), hex(signature)))
                    .isTrue();
            assertThat(codec.subjectPublicKey(privateKey)).isEqualTo(codec.subjectPublicKey(publicKey));
        }
    }

    @ParameterizedTest
    @EnumSource
    void passesItsSelfTests(TestEngine engine) {
        Pairs.passesItsSelfTests(new EdDsa(engine.engine()));
    }

    @ParameterizedTest
    @EnumSource
    void isUnderstoodByBouncyCastle(TestEngine engine) {
        EngineKeyPair pair = EcPairs.fresh(engine, Curve.ED25519);
        byte[] data = new byte[77];
        byte[] signature = new EdDsa(engine.engine()).sign(pair.privateKey(), Algorithm.EDDSA, data);
        Ed25519Signer other = new Ed25519Signer();
        other.init(
                false,
                new Ed25519PublicKeyParameters(
                        new Rfc8410KeyCodec(engine.engine()).subjectPublicKey(pair.publicKey())));
        other.update(data, 0, data.length);
        assertThat(other.verifySignature(signature)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void refusesAlteredSignatures(TestEngine engine) {
        Pairs.refusesAlteredSignatures(
                new EdDsa(engine.engine()), Algorithm.EDDSA, EcPairs.fresh(engine, Curve.ED25519), new byte[50]);
    }

    /** RFC 8032 §5.1.7: S has to be below the order of the base point, or signatures could be altered. */
    @ParameterizedTest
    @EnumSource
    void refusesSignaturesWithTheOrderAdded(TestEngine engine) {
        EngineKeyPair pair = EcPairs.fresh(engine, Curve.ED25519);
        EdDsa family = new EdDsa(engine.engine());
        byte[] signature = family.sign(pair.privateKey(), Algorithm.EDDSA, new byte[3]);
        byte[] order = hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
        byte[] malleable = Arrays.copyOf(signature, 64);
        int carry = 0;
        for (int i = 0; i < 32; i++) {
            carry += (signature[32 + i] & 0xff) + (order[i] & 0xff);
            malleable[32 + i] = (byte) carry;
            carry >>= 8;
        }
        assertThat(family.verify(pair.publicKey(), Algorithm.EDDSA, new byte[3], malleable))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void signsInPieces(TestEngine engine) {
        Pairs.signsInPiecesAsInOne(new EdDsa(engine.engine()), Algorithm.EDDSA, EcPairs.fresh(engine, Curve.ED25519));
    }

    @ParameterizedTest
    @EnumSource
    void servesEightThreads(TestEngine engine) throws Exception {
        Pairs.servesEightThreads(new EdDsa(engine.engine()), Algorithm.EDDSA, EcPairs.fresh(engine, Curve.ED25519));
    }

    @ParameterizedTest
    @EnumSource
    void takesNoParameters(TestEngine engine) {
        Algorithm stray = new Algorithm(MechanismType.EDDSA, new Parameters.MlDsaContext(Octets.EMPTY));
        EngineKeyPair pair = EcPairs.fresh(engine, Curve.ED25519);
        refused(
                Reason.MECHANISM_PARAMETER_INVALID,
                () -> new EdDsa(engine.engine()).sign(pair.privateKey(), stray, new byte[1]));
    }
}
