package org.cofferhsm.signtool.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.signtool.testing.TestCertificate;
import org.cofferhsm.signtool.testing.TestSigner;
import org.cofferhsm.signtool.verify.VerificationPolicy;
import org.cofferhsm.signtool.verify.Verifier;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a JAR holds, verifying it ends in a value, in DATA_INVALID or in what the JDK says of archives that cannot be
 * read.
 */
class JarFuzzTest {

    private static final TestSigner SIGNER = TestSigner.ofCode(TestCertificate.ec("secp256r1"));
    private static final Verifier VERIFIER =
            new Verifier(VerificationPolicy.trusting(Set.of(SIGNER.anchor()), Instant.now()));

    static Stream<byte[]> archives() throws Exception {
        TestJar signed = TestJar.usual().signed(SIGNER);
        return Stream.of(
                TestJar.usual().archive(), signed.archive(), TestJar.withHidden(signed.archive(), TestJar.usual()));
    }

    @MethodSource("archives")
    @FuzzTest
    void survivesAnything(byte[] bytes) throws IOException {
        Path file = Files.createTempFile("fuzz", ".jar");
        try {
            Files.write(file, bytes);
            use(file);
        } catch (HsmException e) {
            assertThat(e.reason()).isEqualTo(Reason.DATA_INVALID);
        } finally {
            Files.delete(file);
        }
    }

    private static void use(Path file) throws IOException {
        if (!JarNames.isJar(file)) {
            return;
        }
        try {
            assertThat(new JarVerification(VERIFIER).verify(file)).isNotNull();
            new JarStructure(file).requireClear();
        } catch (IOException e) {
            assertThat(e).hasMessageNotContaining("No such file"); // only what is inside can be wrong
        }
    }
}
