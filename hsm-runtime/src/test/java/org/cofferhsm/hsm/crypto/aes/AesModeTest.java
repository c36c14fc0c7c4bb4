package org.cofferhsm.hsm.crypto.aes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.crypto.Given.SEED;
import static org.cofferhsm.hsm.crypto.Given.aes;
import static org.cofferhsm.hsm.crypto.Given.bytes;
import static org.cofferhsm.hsm.crypto.Given.inPieces;
import static org.cofferhsm.hsm.crypto.Given.random;
import static org.cofferhsm.hsm.crypto.Given.refused;

import java.util.Random;
import java.util.stream.Stream;
import org.cofferhsm.hsm.crypto.CipherStream;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.crypto.Mechanism;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.Parameters;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.MethodSource;

class AesModeTest {
    private static final Engine ENGINE = Engine.fastest();
    private static final Octets IV = Octets.ofHex("000102030405060708090a0b0c0d0e0f");
    private static final EngineKey KEY = aes("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

    private final AesEcb ecb = new AesEcb(ENGINE);
    private final AesCbc cbc = new AesCbc(ENGINE);
    private final AesCtr ctr = new AesCtr(ENGINE);

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/vectors/sp800-38a.csv", useHeadersInDisplayName = true)
    void givesThePublishedCiphertext(
            String section, MechanismType type, String key, @Nullable String iv, String plaintext, String ciphertext) {
        Mechanism mode = mode(type);
        Algorithm algorithm =
                iv == null ? Algorithm.of(type) : new Algorithm(type, new Parameters.Iv(Octets.ofHex(iv)));
        assertThat(mode.encrypt(aes(key), algorithm, bytes(plaintext))).isEqualTo(bytes(ciphertext));
        assertThat(mode.decrypt(aes(key), algorithm, bytes(ciphertext))).isEqualTo(bytes(plaintext));
    }

    private Mechanism mode(MechanismType type) {
        return switch (type) {
            case AES_ECB -> ecb;
            case AES_CBC -> cbc;
            case AES_CTR -> ctr;
            default -> throw new IllegalArgumentException(type.name());
        };
    }

    /** Mechanism, algorithm, and whether it takes whole blocks only. */
    static Stream<Arguments> modes() {
        return Stream.of(
                Arguments.of(new AesEcb(ENGINE), Algorithm.AES_ECB, true),
                Arguments.of(new AesCbc(ENGINE), Algorithm.aesCbc(IV), true),
                Arguments.of(new AesCbcPad(ENGINE), Algorithm.aesCbcPad(IV), false),
                Arguments.of(new AesCtr(ENGINE), Algorithm.aesCtr(IV), false));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("modes")
    void streamsWhatOneCallGives(Mechanism mode, Algorithm algorithm, boolean blocks) {
        Random random = new Random(SEED);
        for (int i = 0; i < 200; i++) {
            int length = random.nextInt(400);
            byte[] plaintext = random(random, blocks ? length / 16 * 16 : length);
            byte[] ciphertext = mode.encrypt(KEY, algorithm, plaintext);
            assertThat(inPieces(mode.startEncrypt(KEY, algorithm), plaintext, random))
                    .as("seed %d", SEED)
                    .isEqualTo(ciphertext);
            assertThat(inPieces(mode.startDecrypt(KEY, algorithm), ciphertext, random))
                    .as("seed %d", SEED)
                    .isEqualTo(plaintext);
            assertThat(mode.decrypt(KEY, algorithm, ciphertext))
                    .as("seed %d", SEED)
                    .isEqualTo(plaintext);
        }
    }

    @Test
    void refusesPartsOfBlocksWithoutPadding() {
        byte[] odd = new byte[17];
        refused(Reason.DATA_LENGTH_RANGE, () -> ecb.encrypt(KEY, Algorithm.AES_ECB, odd));
        refused(Reason.DATA_LENGTH_RANGE, () -> ecb.decrypt(KEY, Algorithm.AES_ECB, odd));
        refused(Reason.DATA_LENGTH_RANGE, () -> cbc.encrypt(KEY, Algorithm.aesCbc(IV), odd));
        refused(Reason.DATA_LENGTH_RANGE, () -> cbc.decrypt(KEY, Algorithm.aesCbc(IV), odd));
    }

    @Test
    void refusesPartsOfBlocksAtTheEndOfAStream() {
        CipherStream stream = cbc.startEncrypt(KEY, Algorithm.aesCbc(IV));
        stream.update(new byte[20], 0, 20);
        refused(Reason.DATA_LENGTH_RANGE, stream::finish);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("modes")
    void refusesMoreThanOneCallTakes(Mechanism mode, Algorithm algorithm, boolean blocks) {
        byte[] tooMuch = new byte[CipherPool.MAX_BYTES + 16];
        refused(Reason.DATA_LENGTH_RANGE, () -> mode.encrypt(KEY, algorithm, tooMuch));
        refused(Reason.DATA_LENGTH_RANGE, () -> mode.decrypt(KEY, algorithm, tooMuch));
    }

    @Test
    void refusesIvsOfOtherLengths() {
        for (String iv :
                new String[] {"", "00", "000102030405060708090a0b0c0d0e", "000102030405060708090a0b0c0d0e0f10"}) {
            refused(
                    Reason.MECHANISM_PARAMETER_INVALID,
                    () -> cbc.encrypt(KEY, Algorithm.aesCbc(Octets.ofHex(iv)), new byte[16]));
            refused(
                    Reason.MECHANISM_PARAMETER_INVALID,
                    () -> ctr.startDecrypt(KEY, Algorithm.aesCtr(Octets.ofHex(iv))));
        }
    }

    @Test
    void refusesParametersOfAnotherKind() {
        refused(
                Reason.MECHANISM_PARAMETER_INVALID,
                () -> cbc.encrypt(KEY, Algorithm.of(MechanismType.AES_CBC), new byte[16]));
        refused(
                Reason.MECHANISM_PARAMETER_INVALID,
                () -> ecb.encrypt(KEY, new Algorithm(MechanismType.AES_ECB, new Parameters.Iv(IV)), new byte[16]));
    }

    @Test
    void wrapsNoKeysWithoutPadding() {
        refused(Reason.MECHANISM_INVALID, () -> cbc.unwrap(KEY, Algorithm.aesCbc(IV), new byte[16]));
    }
}
