package org.cofferhsm.signtool.format.appx;

import static org.assertj.core.api.Assertions.assertThatCode;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.stream.Stream;
import org.cofferhsm.signtool.testing.Survival;
import org.cofferhsm.signtool.testing.TinyPackage;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a package holds, reading, describing, verifying and rewriting it ends in a value or in a refusal. */
class AppxFuzzTest {
    private static final Survival PACKAGE =
            Survival.of(".msix").mayRefuseTheDigest().mayGrowBy(Integer.MAX_VALUE);

    static Stream<byte[]> packages() throws IOException {
        byte[] wide = TinyPackage.bundle().withZip64().bytes();
        return Stream.of(TinyPackage.app().withContentTypesFirst().bytes(), wide, PACKAGE.signed(wide));
    }

    @MethodSource("packages")
    @FuzzTest
    void survivesAnything(byte[] bytes) {
        assertThatCode(() -> PACKAGE.survives(bytes)).doesNotThrowAnyException();
    }
}
