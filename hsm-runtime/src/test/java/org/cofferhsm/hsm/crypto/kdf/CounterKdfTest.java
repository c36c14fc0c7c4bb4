package org.cofferhsm.hsm.crypto.kdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.crypto.Given.aes;
import static org.cofferhsm.hsm.crypto.Given.bytes;
import static org.cofferhsm.hsm.crypto.Given.generic;
import static org.cofferhsm.hsm.crypto.Given.refused;

import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.crypto.SecretKeys;
import org.cofferhsm.hsm.crypto.aes.AesCmac;
import org.cofferhsm.hsm.crypto.mac.Hmac;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.Parameters;
import org.cofferhsm.hsm.key.SecretBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class CounterKdfTest {
    private static final Engine ENGINE = Engine.fastest();
    private static final String AES_KEY = "000102030405060708090a0b0c0d0e0f";

    private final CounterKdf kdf = new CounterKdf(new Hmac(ENGINE), new AesCmac(ENGINE));

    @ParameterizedTest(name = "{0}, {2} bits")
    @CsvFileSource(resources = "/vectors/kdfctr.csv", useHeadersInDisplayName = true)
    void givesThePublishedOutput(
            String source, MechanismType prf, int counterBits, String key, String fixedInput, String output) {
        EngineKey base = prf == MechanismType.AES_CMAC ? aes(key) : generic(key);
        SecretBytes derived = kdf.derive(base, algorithm(prf, counterBits, fixedInput), output.length() / 2);
        assertThat(derived.sameAs(SecretBytes.owning(bytes(output)))).isTrue();
    }

    private static Algorithm algorithm(MechanismType prf, int counterBits, String fixedInput) {
        return new Algorithm(
                MechanismType.SP800_108_COUNTER_KDF,
                new Parameters.CounterKdf(prf, counterBits, Octets.ofHex(fixedInput)));
    }

    @Test
    void givesOneBlockByNature() {
        assertThat(kdf.derive(aes(AES_KEY), algorithm(MechanismType.AES_CMAC, 32, "00"), 0)
                        .length())
                .isEqualTo(16);
        assertThat(kdf.derive(aes(AES_KEY), algorithm(MechanismType.SHA384_HMAC, 32, "00"), 0)
                        .length())
                .isEqualTo(48);
    }

    @Test
    void endsWhereTheCounterEnds() {
        Algorithm byteCounter = algorithm(MechanismType.AES_CMAC, 8, "00");
        assertThat(kdf.derive(aes(AES_KEY), byteCounter, 255 * 16).length()).isEqualTo(255 * 16);
        refused(Reason.KEY_SIZE_RANGE, () -> kdf.derive(aes(AES_KEY), byteCounter, 255 * 16 + 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 12, 33, 40, -8})
    void refusesOtherCounters(int bits) {
        refused(
                Reason.MECHANISM_PARAMETER_INVALID,
                () -> kdf.derive(aes(AES_KEY), algorithm(MechanismType.AES_CMAC, bits, "00"), 16));
    }

    @Test
    void refusesOtherFunctions() {
        refused(
                Reason.MECHANISM_PARAMETER_INVALID,
                () -> kdf.derive(aes(AES_KEY), algorithm(MechanismType.SHA256, 32, "00"), 16));
    }

    @Test
    void refusesKeysThatTheFunctionDoesNotTake() {
        EngineKey hmacKey = SecretKeys.copyOf(KeyType.SHA1_HMAC, bytes(AES_KEY));
        refused(
                Reason.KEY_TYPE_INCONSISTENT,
                () -> kdf.derive(generic(AES_KEY), algorithm(MechanismType.AES_CMAC, 32, "00"), 16));
        refused(
                Reason.KEY_TYPE_INCONSISTENT,
                () -> kdf.derive(hmacKey, algorithm(MechanismType.SHA256_HMAC, 32, "00"), 16));
    }
}
