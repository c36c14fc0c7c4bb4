package org.cofferhsm.hsm.crypto.ec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.crypto.Pairs.refused;

import org.cofferhsm.hsm.crypto.EngineKeyPair;
import org.cofferhsm.hsm.crypto.KeyCodec;
import org.cofferhsm.hsm.crypto.Pairs;
import org.cofferhsm.hsm.crypto.TestEngine;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.Curve;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EcKeyPairsTest {

    @ParameterizedTest
    @EnumSource
    void passesItsSelfTests(TestEngine engine) {
        Pairs.passesItsSelfTests(new EcKeyPairs(engine.engine()));
    }

    @ParameterizedTest
    @EnumSource
    void makesPairsThatSayWhatTheyAreAndCanBeStored(Curve curve) {
        for (TestEngine engine : TestEngine.values()) {
            EngineKeyPair pair = EcPairs.fresh(engine, curve);
            KeyCodec codec = KeyCodec.standard(engine.engine());
            Attributes ofPublic = codec.describe(pair.publicKey());
            Attributes ofPrivate = codec.describe(pair.privateKey());
            assertThat(ofPublic.get(Attribute.CURVE)).isEqualTo(curve);
            assertThat(ofPrivate.get(Attribute.CURVE)).isEqualTo(curve);
            assertThat(ofPublic.get(Attribute.EC_POINT).length())
                    .isEqualTo(curve.keyType() == KeyType.EC ? 1 + 2 * curve.bytes() : 32);
            assertThat(ofPrivate.get(Attribute.CHECK_VALUE)).isEqualTo(ofPublic.get(Attribute.CHECK_VALUE));
            byte[] encoded = codec.encode(pair.privateKey());
            for (TestEngine other : TestEngine.values()) {
                KeyCodec otherCodec = KeyCodec.standard(other.engine());
                assertThat(otherCodec.encode(
                                otherCodec.decode(pair.privateKey().objectClass(), curve.keyType(), encoded)))
                        .isEqualTo(encoded);
                assertThat(otherCodec.describe(otherCodec.decode(
                                pair.publicKey().objectClass(), curve.keyType(), codec.encode(pair.publicKey()))))
                        .isEqualTo(ofPublic);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesCurvesOfAnotherMechanism(Curve curve) {
        MechanismType wrong =
                curve.keyType() == KeyType.EC ? MechanismType.EC_EDWARDS_KEY_PAIR_GEN : MechanismType.EC_KEY_PAIR_GEN;
        refused(
                Reason.TEMPLATE_INCONSISTENT,
                () -> new EcKeyPairs(TestEngine.FASTEST.engine())
                        .generatePair(
                                Algorithm.of(wrong), KeyPairTemplate.ec(curve).publicKey()));
    }

    @ParameterizedTest
    @EnumSource
    void needsACurve(TestEngine engine) {
        refused(
                Reason.TEMPLATE_INCOMPLETE,
                () -> new EcKeyPairs(engine.engine())
                        .generatePair(Algorithm.of(MechanismType.EC_KEY_PAIR_GEN), Attributes.NONE));
    }
}
