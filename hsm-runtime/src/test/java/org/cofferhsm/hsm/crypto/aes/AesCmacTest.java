package org.cofferhsm.hsm.crypto.aes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.crypto.Given.SEED;
import static org.cofferhsm.hsm.crypto.Given.aes;
import static org.cofferhsm.hsm.crypto.Given.bytes;
import static org.cofferhsm.hsm.crypto.Given.random;

import java.util.Arrays;
import java.util.Random;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.crypto.SignStream;
import org.cofferhsm.hsm.crypto.VerifyStream;
import org.cofferhsm.hsm.key.Algorithm;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class AesCmacTest {
    private static final EngineKey KEY = aes("000102030405060708090a0b0c0d0e0f");

    private final AesCmac cmac = new AesCmac(Engine.fastest());

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/vectors/cmac.csv", useHeadersInDisplayName = true)
    void givesThePublishedMac(String source, String key, @Nullable String data, String mac) {
        assertThat(cmac.sign(aes(key), Algorithm.AES_CMAC, bytes(data))).isEqualTo(bytes(mac));
        assertThat(cmac.verify(aes(key), Algorithm.AES_CMAC, bytes(data), bytes(mac)))
                .isTrue();
    }

    @Test
    void streamsWhatOneCallGives() {
        Random random = new Random(SEED);
        for (int i = 0; i < 100; i++) {
            byte[] data = random(random, random.nextInt(200));
            int cut = random.nextInt(data.length + 1);
            byte[] mac = cmac.sign(KEY, Algorithm.AES_CMAC, data);
            SignStream signing = cmac.startSign(KEY, Algorithm.AES_CMAC);
            signing.update(data, 0, cut);
            signing.update(data, cut, data.length - cut);
            assertThat(signing.finish()).as("seed %d", SEED).isEqualTo(mac);
            VerifyStream verifying = cmac.startVerify(KEY, Algorithm.AES_CMAC);
            verifying.update(data, 0, cut);
            verifying.update(data, cut, data.length - cut);
            assertThat(verifying.finish(mac)).as("seed %d", SEED).isTrue();
        }
    }

    @Test
    void refusesOtherMacs() {
        byte[] mac = cmac.sign(KEY, Algorithm.AES_CMAC, new byte[3]);
        assertThat(cmac.verify(KEY, Algorithm.AES_CMAC, new byte[4], mac)).isFalse();
        assertThat(cmac.verify(KEY, Algorithm.AES_CMAC, new byte[3], Arrays.copyOf(mac, 8)))
                .isFalse();
        assertThat(cmac.verify(KEY, Algorithm.AES_CMAC, new byte[3], new byte[0]))
                .isFalse();
    }
}
