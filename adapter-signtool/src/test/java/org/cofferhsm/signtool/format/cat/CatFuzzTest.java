package org.cofferhsm.signtool.format.cat;

import static org.assertj.core.api.Assertions.assertThatCode;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.cofferhsm.signtool.testing.TinyCatalog;
import org.cofferhsm.signtool.testing.Trial;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a catalog holds, reading, describing, verifying and rewriting it ends in a value or in DATA_INVALID. */
class CatFuzzTest {

    static Stream<byte[]> catalogs() throws IOException {
        Path file = Files.createTempFile("seed", ".cat");
        try {
            byte[] unsigned = TinyCatalog.of(new byte[1], new byte[2]);
            return Stream.of(unsigned, new Trial(file).signed(unsigned));
        } finally {
            Files.delete(file);
        }
    }

    @MethodSource("catalogs")
    @FuzzTest
    void survivesAnything(byte[] catalog) {
        assertThatCode(() -> Trial.survives(catalog, ".cat")).doesNotThrowAnyException();
    }
}
