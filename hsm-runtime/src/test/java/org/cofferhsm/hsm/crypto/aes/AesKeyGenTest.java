package org.cofferhsm.hsm.crypto.aes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.crypto.Given.refused;

import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AesKeyGenTest {
    private static final Algorithm AES_KEY_GEN = Algorithm.of(MechanismType.AES_KEY_GEN);

    private final AesKeyGen keyGen = new AesKeyGen(Engine.fastest());

    @ParameterizedTest
    @ValueSource(ints = {128, 192, 256})
    void makesAKeyOfThatSize(int bits) {
        Attributes template = KeyTemplate.aes(bits).attributes();
        EngineKey key = keyGen.generate(AES_KEY_GEN, template);
        assertThat(key.type()).isEqualTo(KeyType.AES);
        assertThat(key.bits()).isEqualTo(bits);
        assertThat(key.jca().getEncoded())
                .hasSize(bits / 8)
                .isNotEqualTo(keyGen.generate(AES_KEY_GEN, template).jca().getEncoded());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, 64, 160, 512})
    void refusesOtherSizes(int bits) {
        refused(
                Reason.KEY_SIZE_RANGE,
                () -> keyGen.generate(AES_KEY_GEN, KeyTemplate.aes(bits).attributes()));
    }

    @Test
    void wantsToKnowTheSize() {
        refused(Reason.TEMPLATE_INCOMPLETE, () -> keyGen.generate(AES_KEY_GEN, Attributes.NONE));
    }
}
