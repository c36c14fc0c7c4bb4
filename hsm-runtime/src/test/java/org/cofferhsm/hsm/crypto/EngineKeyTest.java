package org.cofferhsm.hsm.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cofferhsm.hsm.crypto.Given.aes;

import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

class EngineKeyTest {
    private final EngineKey key = aes("000102030405060708090a0b0c0d0e0f");

    @Test
    void wipesASecretKey() {
        assertThat(key.destroy()).isTrue();
        assertThatThrownBy(() -> key.jca().getEncoded()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void showsNothingOfTheKey() {
        assertThat(key).hasToString("aes secret-key of 128 bits");
        assertThat(key.jca())
                .hasToString("AES key")
                .isNotEqualTo(aes("000102030405060708090a0b0c0d0e0f").jca());
    }

    @Test
    void isNeverSerialized() throws Exception {
        try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
            assertThatThrownBy(() -> out.writeObject(key.jca())).isInstanceOf(NotSerializableException.class);
        }
    }
}
