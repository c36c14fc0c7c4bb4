package org.cofferhsm.hsm.crypto.mac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.crypto.Given.refused;

import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GenericSecretKeyGenTest {
    private static final Algorithm KEY_GEN = Algorithm.of(MechanismType.GENERIC_SECRET_KEY_GEN);

    private final GenericSecretKeyGen keyGen = new GenericSecretKeyGen(Engine.fastest());

    @ParameterizedTest
    @EnumSource(
            value = KeyType.class,
            names = {"GENERIC_SECRET", "SHA1_HMAC", "SHA256_HMAC", "SHA384_HMAC", "SHA512_HMAC"})
    void makesSecretsOfEachType(KeyType type) {
        Attributes template =
                KeyTemplate.secret(type).with(Attribute.VALUE_LENGTH, 40L).attributes();
        EngineKey key = keyGen.generate(KEY_GEN, template);
        assertThat(key.type()).isEqualTo(type);
        assertThat(key.jca().getEncoded())
                .hasSize(40)
                .isNotEqualTo(keyGen.generate(KEY_GEN, template).jca().getEncoded());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 801, Long.MAX_VALUE})
    void refusesOtherLengths(long bytes) {
        Attributes template =
                KeyTemplate.genericSecret(8).with(Attribute.VALUE_LENGTH, bytes).attributes();
        refused(Reason.KEY_SIZE_RANGE, () -> keyGen.generate(KEY_GEN, template));
    }

    @Test
    void makesNoAesKeys() {
        refused(
                Reason.TEMPLATE_INCONSISTENT,
                () -> keyGen.generate(KEY_GEN, KeyTemplate.aes(128).attributes()));
    }
}
