package org.cofferhsm.hsm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.cofferhsm.hsm.command.UsageException;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTypeClassTest {

    @ParameterizedTest
    @CsvSource({
        "aes,AES,SECRET_KEY",
        "generic-secret,GENERIC_SECRET,SECRET_KEY",
        "rsa-private,RSA,PRIVATE_KEY",
        "EC-Public,EC,PUBLIC_KEY",
        "ml-dsa-private,ML_DSA,PRIVATE_KEY"
    })
    void readsTypeAndClass(String text, KeyType type, ObjectClass objectClass) {
        assertThat(KeyTypeClass.parse(text)).isEqualTo(new KeyTypeClass(type, objectClass));
    }

    @ParameterizedTest
    @ValueSource(strings = {"des3", "rsa", "aes-private", "-private", ""})
    void refusesOthers(String text) {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> KeyTypeClass.parse(text))
                .withMessageContaining("is no key type and class");
    }
}
