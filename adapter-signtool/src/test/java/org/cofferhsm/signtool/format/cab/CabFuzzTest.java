package org.cofferhsm.signtool.format.cab;

import static org.assertj.core.api.Assertions.assertThatCode;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.stream.Stream;
import org.cofferhsm.signtool.testing.Survival;
import org.cofferhsm.signtool.testing.TinyCab;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a cabinet holds, reading, describing, verifying and rewriting it ends in a value or in DATA_INVALID. */
class CabFuzzTest {
    private static final Survival CABINET = Survival.of(".cab");

    static Stream<byte[]> cabinets() throws IOException {
        byte[] plain = TinyCab.plain().bytes();
        byte[] reserving = TinyCab.reserving(2, 3, (byte) 1, (byte) 0, (byte) 0, (byte) 0, (byte) 7)
                .bytes();
        return Stream.of(plain, reserving, CABINET.signed(plain), CABINET.signed(reserving));
    }

    @MethodSource("cabinets")
    @FuzzTest
    void survivesAnything(byte[] cabinet) {
        assertThatCode(() -> CABINET.survives(cabinet)).doesNotThrowAnyException();
    }
}
