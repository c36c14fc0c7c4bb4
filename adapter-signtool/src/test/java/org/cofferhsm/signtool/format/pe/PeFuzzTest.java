package org.cofferhsm.signtool.format.pe;

import static org.assertj.core.api.Assertions.assertThatCode;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.stream.Stream;
import org.cofferhsm.signtool.testing.Survival;
import org.cofferhsm.signtool.testing.TinyPe;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a PE image holds, reading, describing, verifying and rewriting it ends in a value or in DATA_INVALID. */
class PeFuzzTest {
    private static final Survival IMAGE = Survival.of(".exe").withPageHashes().mayGrowBy(0);

    static Stream<byte[]> images() throws IOException {
        byte[] unsigned = TinyPe.withOverlay(3).bytes();
        return Stream.of(unsigned, IMAGE.signed(unsigned));
    }

    @MethodSource("images")
    @FuzzTest
    void survivesAnything(byte[] image) {
        assertThatCode(() -> IMAGE.survives(image)).doesNotThrowAnyException();
    }
}
