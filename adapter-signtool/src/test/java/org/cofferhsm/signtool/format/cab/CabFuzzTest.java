package org.cofferhsm.signtool.format.cab;

import static org.assertj.core.api.Assertions.assertThatCode;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.cofferhsm.signtool.testing.TinyCab;
import org.cofferhsm.signtool.testing.Trial;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a cabinet holds, reading, describing, verifying and rewriting it ends in a value or in DATA_INVALID. */
class CabFuzzTest {

    static Stream<byte[]> cabinets() throws IOException {
        byte[] reserving = TinyCab.reserving(2, 3, (byte) 1, (byte) 0, (byte) 0, (byte) 0, (byte) 7)
                .bytes();
        Path file = Files.createTempFile("seed", ".cab");
        try {
            Trial trial = new Trial(file);
            return Stream.of(
                    TinyCab.plain().bytes(),
                    reserving,
                    trial.signed(TinyCab.plain().bytes()),
                    trial.signed(reserving));
        } finally {
            Files.delete(file);
        }
    }

    @MethodSource("cabinets")
    @FuzzTest
    void survivesAnything(byte[] cabinet) {
        assertThatCode(() -> Trial.survives(cabinet, ".cab")).doesNotThrowAnyException();
    }
}
