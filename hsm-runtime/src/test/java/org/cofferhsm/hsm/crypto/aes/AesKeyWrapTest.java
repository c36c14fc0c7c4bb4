package org.cofferhsm.hsm.crypto.aes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.crypto.Given.SEED;
import static org.cofferhsm.hsm.crypto.Given.aes;
import static org.cofferhsm.hsm.crypto.Given.bytes;
import static org.cofferhsm.hsm.crypto.Given.random;
import static org.cofferhsm.hsm.crypto.Given.refused;

import java.util.Random;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.Parameters;
import org.cofferhsm.hsm.key.SecretBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class AesKeyWrapTest {
    private static final EngineKey KEK = aes("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

    private final AesKeyWrap keyWrap = new AesKeyWrap(Engine.fastest());

    @ParameterizedTest(name = "RFC 3394 {0}")
    @CsvFileSource(resources = "/vectors/rfc3394.csv", useHeadersInDisplayName = true)
    void wrapsAsPublished(String section, String kek, String key, String wrapped) {
        check(Algorithm.AES_KW, kek, key, wrapped);
    }

    @ParameterizedTest(name = "RFC 5649 {0}")
    @CsvFileSource(resources = "/vectors/rfc5649.csv", useHeadersInDisplayName = true)
    void wrapsWithPaddingAsPublished(String section, String kek, String key, String wrapped) {
        check(Algorithm.AES_KWP, kek, key, wrapped);
    }

    private void check(Algorithm algorithm, String kek, String key, String wrapped) {
        SecretBytes payload = SecretBytes.owning(bytes(key));
        assertThat(keyWrap.wrap(aes(kek), algorithm, payload)).isEqualTo(bytes(wrapped));
        assertThat(keyWrap.unwrap(aes(kek), algorithm, bytes(wrapped)).sameAs(payload))
                .isTrue();
    }

    @Test
    void unwrapsKeysOfAllLengths() {
        Random random = new Random(SEED);
        for (int length = 1; length < 300; length++) {
            SecretBytes payload = SecretBytes.owning(random(random, length));
            byte[] padded = keyWrap.wrap(KEK, Algorithm.AES_KWP, payload);
            assertThat(keyWrap.unwrap(KEK, Algorithm.AES_KWP, padded).sameAs(payload))
                    .as("seed %d, length %d", SEED, length)
                    .isTrue();
            if (length >= 16 && length % 8 == 0) {
                byte[] unpadded = keyWrap.wrap(KEK, Algorithm.AES_KW, payload);
                assertThat(keyWrap.unwrap(KEK, Algorithm.AES_KW, unpadded).sameAs(payload))
                        .as("seed %d, length %d", SEED, length)
                        .isTrue();
            }
        }
    }

    @Test
    void leavesThePayloadAsItWas() {
        SecretBytes payload = SecretBytes.owning(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16});
        SecretBytes before = payload.use(SecretBytes::copyOf);
        keyWrap.wrap(KEK, Algorithm.AES_KW, payload);
        keyWrap.wrap(KEK, Algorithm.AES_KWP, payload);
        assertThat(payload.sameAs(before)).isTrue();
    }

    @Test
    void refusesEveryAlteredByte() {
        for (Algorithm algorithm : new Algorithm[] {Algorithm.AES_KW, Algorithm.AES_KWP}) {
            byte[] wrapped = keyWrap.wrap(KEK, algorithm, SecretBytes.owning(new byte[32]));
            for (int i = 0; i < wrapped.length; i++) {
                byte[] altered = wrapped.clone();
                altered[i] ^= 1;
                refused(Reason.WRAPPED_KEY_INVALID, () -> keyWrap.unwrap(KEK, algorithm, altered));
            }
        }
    }

    @Test
    void tellsPaddedFromUnpadded() {
        byte[] padded = keyWrap.wrap(KEK, Algorithm.AES_KWP, SecretBytes.owning(new byte[32]));
        byte[] unpadded = keyWrap.wrap(KEK, Algorithm.AES_KW, SecretBytes.owning(new byte[32]));
        refused(Reason.WRAPPED_KEY_INVALID, () -> keyWrap.unwrap(KEK, Algorithm.AES_KW, padded));
        refused(Reason.WRAPPED_KEY_INVALID, () -> keyWrap.unwrap(KEK, Algorithm.AES_KWP, unpadded));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8, 15, 17, 121})
    void refusesToWrapOtherLengthsUnpadded(int length) {
        refused(
                Reason.DATA_LENGTH_RANGE,
                () -> keyWrap.wrap(KEK, Algorithm.AES_KW, SecretBytes.owning(new byte[length])));
    }

    @Test
    void refusesToWrapNothing() {
        refused(Reason.DATA_LENGTH_RANGE, () -> keyWrap.wrap(KEK, Algorithm.AES_KWP, SecretBytes.owning(new byte[0])));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 8, 15, 17, 25})
    void refusesToUnwrapOtherLengths(int length) {
        refused(Reason.WRAPPED_KEY_INVALID, () -> keyWrap.unwrap(KEK, Algorithm.AES_KW, new byte[length]));
        refused(Reason.WRAPPED_KEY_INVALID, () -> keyWrap.unwrap(KEK, Algorithm.AES_KWP, new byte[length]));
    }

    @Test
    void enciphersNoData() {
        refused(Reason.MECHANISM_INVALID, () -> keyWrap.encrypt(KEK, Algorithm.AES_KW, new byte[16]));
        refused(Reason.MECHANISM_INVALID, () -> keyWrap.decrypt(KEK, Algorithm.AES_KWP, new byte[24]));
    }

    @Test
    void takesNoParameters() {
        Algorithm withIv = new Algorithm(MechanismType.AES_KEY_WRAP, new Parameters.Iv(Octets.of(new byte[8])));
        refused(Reason.MECHANISM_PARAMETER_INVALID, () -> keyWrap.wrap(KEK, withIv, SecretBytes.owning(new byte[16])));
    }
}
