package org.cofferhsm.hsm.key;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyIdTest {

    @Test
    void isEqualToTheSameNumberOnly() {
        KeyId id = new KeyId(0x100000002L);
        assertThat(id).isEqualTo(KeyId.parse("0x0000000100000002")).hasSameHashCodeAs(new KeyId(0x100000002L));
        assertThat(id).isNotEqualTo(new KeyId(2)).isNotEqualTo(0x100000002L).isNotEqualTo(null);
    }
}
