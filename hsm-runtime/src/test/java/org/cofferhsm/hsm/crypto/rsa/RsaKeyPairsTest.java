package org.cofferhsm.hsm.crypto.rsa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.crypto.Pairs.refused;

import org.cofferhsm.hsm.crypto.EngineKeyPair;
import org.cofferhsm.hsm.crypto.Pairs;
import org.cofferhsm.hsm.crypto.TestEngine;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.key.Octets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RsaKeyPairsTest {

    @ParameterizedTest
    @EnumSource
    void passesItsSelfTests(TestEngine engine) {
        Pairs.passesItsSelfTests(new RsaKeyPairs(engine.engine()));
    }

    @ParameterizedTest
    @EnumSource
    void makesPairsThatSayWhatTheyAre(TestEngine engine) {
        EngineKeyPair pair = RsaPairs.fresh(engine, 2304);
        RsaKeyCodec codec = new RsaKeyCodec(engine.engine());
        Attributes description = codec.describe(pair.privateKey());
        assertThat(description).isEqualTo(codec.describe(pair.publicKey()));
        assertThat(description.get(Attribute.MODULUS_BITS)).isEqualTo(2304);
        assertThat(description.get(Attribute.MODULUS).length()).isEqualTo(288);
        assertThat(description.get(Attribute.PUBLIC_EXPONENT)).isEqualTo(Octets.ofHex("010001"));
        assertThat(codec.subjectPublicKey(pair.privateKey())).isEqualTo(codec.subjectPublicKey(pair.publicKey()));
    }

    @ParameterizedTest
    @EnumSource
    void takesAnotherExponent(TestEngine engine) {
        Octets exponent = Octets.ofHex("01000f");
        Attributes template = KeyPairTemplate.rsa(2048).publicKey().with(Attribute.PUBLIC_EXPONENT, exponent);
        EngineKeyPair pair = new RsaKeyPairs(engine.engine()).generatePair(RsaPairs.GENERATE, template);
        assertThat(new RsaKeyCodec(engine.engine()).describe(pair.privateKey()).get(Attribute.PUBLIC_EXPONENT))
                .isEqualTo(exponent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "01", "03", "010000", "010002", "ffff", "04000000001"})
    void refusesOtherExponents(String hex) {
        Octets exponent = Octets.ofHex(hex.length() % 2 == 0 ? hex : "0" + hex);
        Attributes template = KeyPairTemplate.rsa(2048).publicKey().with(Attribute.PUBLIC_EXPONENT, exponent);
        refused(
                Reason.ATTRIBUTE_VALUE_INVALID,
                () -> new RsaKeyPairs(TestEngine.FASTEST.engine()).generatePair(RsaPairs.GENERATE, template));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -2048, 512, 1024, 2047, 2049, 2056, 4097, 4352, 8192})
    void refusesOtherSizes(int bits) {
        refused(Reason.KEY_SIZE_RANGE, () -> RsaPairs.fresh(TestEngine.FASTEST, bits));
    }

    @Test
    void needsASize() {
        Attributes template = KeyPairTemplate.rsa(2048).publicKey().without(Attribute.MODULUS_BITS);
        refused(
                Reason.TEMPLATE_INCOMPLETE,
                () -> new RsaKeyPairs(TestEngine.FASTEST.engine()).generatePair(RsaPairs.GENERATE, template));
    }
}
