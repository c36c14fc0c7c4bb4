package org.cofferhsm.hsm.crypto.aes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.crypto.Given.aes;
import static org.cofferhsm.hsm.crypto.Given.refused;

import org.cofferhsm.hsm.crypto.CipherStream;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Octets;
import org.junit.jupiter.api.Test;

class AesCbcPadTest {
    private static final EngineKey KEY = aes("000102030405060708090a0b0c0d0e0f");
    private static final Algorithm ALGORITHM = Algorithm.aesCbcPad(Octets.ofHex("000102030405060708090a0b0c0d0e0f"));

    private final AesCbcPad cbcPad = new AesCbcPad(Engine.fastest());

    @Test
    void addsOneToSixteenBytes() {
        for (int length = 0; length < 40; length++) {
            byte[] ciphertext = cbcPad.encrypt(KEY, ALGORITHM, new byte[length]);
            assertThat(ciphertext).hasSize(length / 16 * 16 + 16);
            assertThat(cbcPad.decrypt(KEY, ALGORITHM, ciphertext)).isEqualTo(new byte[length]);
        }
    }

    @Test
    void saysTheSameOfEveryWrongCiphertext() {
        byte[] wrongPadding = cbcPad.encrypt(KEY, ALGORITHM, new byte[20]);
        wrongPadding[15] ^= 1; // changes the last byte of the padding in the next block
        HsmException padding =
                refused(Reason.ENCRYPTED_DATA_INVALID, () -> cbcPad.decrypt(KEY, ALGORITHM, wrongPadding));
        HsmException length =
                refused(Reason.ENCRYPTED_DATA_INVALID, () -> cbcPad.decrypt(KEY, ALGORITHM, new byte[17]));
        HsmException nothing =
                refused(Reason.ENCRYPTED_DATA_INVALID, () -> cbcPad.decrypt(KEY, ALGORITHM, new byte[0]));
        assertThat(length).hasMessage(padding.getMessage()).hasNoCause();
        assertThat(nothing).hasMessage(padding.getMessage()).hasNoCause();
        assertThat(padding).hasNoCause();
    }

    @Test
    void saysTheSameAtTheEndOfAStream() {
        CipherStream empty = cbcPad.startDecrypt(KEY, ALGORITHM);
        refused(Reason.ENCRYPTED_DATA_INVALID, empty::finish);
        CipherStream odd = cbcPad.startDecrypt(KEY, ALGORITHM);
        odd.update(new byte[33], 0, 33);
        refused(Reason.ENCRYPTED_DATA_INVALID, odd::finish);
    }
}
