package org.cofferhsm.hsm.der;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DerInputTest {

    @Test
    void writesWhatItReads() {
        Random random = new Random(42);
        for (int bits = 0; bits < 540; bits++) {
            BigInteger r = new BigInteger(bits, random);
            BigInteger s = new BigInteger(540 - bits, random);
            ByteBuffer in = ByteBuffer.wrap(Der.value(Der.SEQUENCE, Der.integer(r), Der.integer(s)));
            ByteBuffer content = DerInput.read(in, Der.SEQUENCE);

            assertThat(DerInput.readInteger(content)).isEqualTo(r);
            assertThat(DerInput.readInteger(content)).isEqualTo(s);
            DerInput.requireEnd(content);
            DerInput.requireEnd(in);
        }
    }

    /** Not canonical, too short, too long, of another tag, negative: one signature has one encoding. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "02",
                "0201",
                "0200",
                "020180",
                "02020001",
                "03010a",
                "02810101",
                "0282000101",
                "0280",
                "02840000000101",
                "028201",
                "02820101"
            })
    void refusesIntegersThatAreNotDer(String hex) {
        ByteBuffer in = ByteBuffer.wrap(HexFormat.of().parseHex(hex));

        assertThatThrownBy(() -> DerInput.readInteger(in))
                .isInstanceOfSatisfying(
                        HsmException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DATA_INVALID));
    }

    @Test
    void survivesAnyBytes() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(12)];
            random.nextBytes(bytes);
            if (bytes.length > 0) {
                bytes[0] = Der.INTEGER;
            }
            try {
                BigInteger number = DerInput.readInteger(ByteBuffer.wrap(bytes));
                assertThat(bytes).startsWith(Der.integer(number));
            } catch (HsmException e) {
                assertThat(e.reason()).isEqualTo(Reason.DATA_INVALID);
            }
        }
    }
}
