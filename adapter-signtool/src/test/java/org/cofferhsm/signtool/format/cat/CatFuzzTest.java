package org.cofferhsm.signtool.format.cat;

import static org.assertj.core.api.Assertions.assertThatCode;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.stream.Stream;
import org.cofferhsm.signtool.testing.Survival;
import org.cofferhsm.signtool.testing.TinyCatalog;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a catalog holds, reading, describing, verifying and rewriting it ends in a value or in DATA_INVALID. */
class CatFuzzTest {
    private static final Survival CATALOG = Survival.of(".cat");

    static Stream<byte[]> catalogs() throws IOException {
        byte[] unsigned = TinyCatalog.of(new byte[1], new byte[2]);
        return Stream.of(unsigned, CATALOG.signed(unsigned));
    }

    @MethodSource("catalogs")
    @FuzzTest
    void survivesAnything(byte[] catalog) {
        assertThatCode(() -> CATALOG.survives(catalog)).doesNotThrowAnyException();
    }
}
