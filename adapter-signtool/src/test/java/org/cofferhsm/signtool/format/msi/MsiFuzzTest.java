package org.cofferhsm.signtool.format.msi;

import static org.assertj.core.api.Assertions.assertThatCode;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.stream.Stream;
import org.cofferhsm.signtool.testing.Survival;
import org.cofferhsm.signtool.testing.TinyMsi;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a database holds, reading, describing, verifying and rewriting it ends in a value or in a refusal. */
class MsiFuzzTest {
    private static final Survival DATABASE =
            Survival.of(".msi").mayRefuseTheDigest().mayGrowBy(Integer.MAX_VALUE);

    static Stream<byte[]> databases() throws IOException {
        byte[] wide = TinyMsi.sample(3).bytes();
        return Stream.of(TinyMsi.sample(4).bytes(), wide, DATABASE.signed(wide));
    }

    @MethodSource("databases")
    @FuzzTest
    void survivesAnything(byte[] bytes) {
        assertThatCode(() -> DATABASE.survives(bytes)).doesNotThrowAnyException();
    }
}
