package org.cofferhsm.ekm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import org.cofferhsm.hsm.error.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EkmAlgorithmTest {

    /** Databases store these numbers; a change here would lose their keys. */
    @ParameterizedTest
    @CsvSource({
        "RSA_2048,  1, true,  2048, 0",
        "RSA_3072,  2, true,  3072, 0",
        "RSA_4096,  3, true,  4096, 0",
        "AES_128,  17, false, 128,  128",
        "AES_192,  18, false, 192,  128",
        "AES_256,  19, false, 256,  128"
    })
    void hasNumbersThatNeverChange(String tag, int id, boolean asymmetric, int bits, int ivBits) {
        EkmAlgorithm algorithm = EkmAlgorithm.ofTag(tag);

        assertThat(EkmAlgorithm.ofId(id)).isEqualTo(algorithm);
        assertThat(algorithm.id()).isEqualTo(id);
        assertThat(algorithm.isAsymmetric()).isEqualTo(asymmetric);
        assertThat(algorithm.bits()).isEqualTo(bits);
        assertThat(algorithm.ivBits()).isEqualTo(ivBits);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "RSA_1024", "TRIPLE_DES", "aes_256", "RC4_128"})
    void refusesOtherTags(String tag) {
        assertRefused(Reason.MECHANISM_INVALID, () -> EkmAlgorithm.ofTag(tag)).hasMessageContaining("RSA_2048");
    }

    @Test
    void refusesZeroWhichSqlServerTakesForNoAlgorithm() {
        assertRefused(Reason.MECHANISM_INVALID, () -> EkmAlgorithm.ofId(0));
    }
}
