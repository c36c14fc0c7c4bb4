package org.cofferhsm.signtool.format.appx;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.file.OpenFile;
import org.cofferhsm.signtool.file.UnrecognizedFormatException;
import org.cofferhsm.signtool.format.ContentOptions;
import org.cofferhsm.signtool.format.SignableFile;
import org.cofferhsm.signtool.testing.TestCertificate;
import org.cofferhsm.signtool.testing.TestSigner;
import org.cofferhsm.signtool.testing.TinyPackage;
import org.cofferhsm.signtool.verify.VerificationPolicy;
import org.cofferhsm.signtool.verify.Verifier;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a package holds, reading, describing, verifying and rewriting it ends in a value or in a refusal. */
class AppxFuzzTest {
    private static final TestSigner SIGNER = TestSigner.ofCode(TestCertificate.ec("secp256r1"));
    private static final Verifier VERIFIER =
            new Verifier(VerificationPolicy.trusting(Set.of(SIGNER.anchor()), Instant.now()));

    static Stream<byte[]> packages() throws IOException {
        Path file = Files.createTempFile("seed", ".msix");
        try {
            byte[] unsigned =
                    Files.readAllBytes(TinyPackage.app().withContentTypesFirst().write(file));
            byte[] wide = Files.readAllBytes(TinyPackage.bundle().withZip64().write(file));
            return Stream.of(unsigned, wide, Files.readAllBytes(SIGNER.signInPlace(file)));
        } finally {
            Files.delete(file);
        }
    }

    @MethodSource("packages")
    @FuzzTest
    void survivesAnything(byte[] bytes) throws IOException {
        Path file = Files.createTempFile("fuzz", ".msix");
        Path target = Files.createTempFile("fuzz", ".new");
        try {
            Files.write(file, bytes);
            use(file, target);
        } catch (HsmException e) {
            assertThat(e.reason()).isIn(Reason.DATA_INVALID, Reason.ARGUMENT_INVALID);
        } catch (UnrecognizedFormatException e) {
            assertThat(e).hasMessageContaining(file.toString());
        } finally {
            Files.delete(file);
            Files.delete(target);
        }
    }

    private static void use(Path file, Path target) throws IOException {
        try (OpenFile open = OpenFile.read(file);
                FileChannel unsigned = FileChannel.open(target, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            SignableFile content = open.content();
            assertThat(VERIFIER.verify(open).format()).isNotEmpty();
            content.writeUnsigned(unsigned);
            assertThat(content.content(ContentOptions.of(DigestAlgorithm.SHA256))
                            .encoded()
                            .length())
                    .isPositive();
        }
    }
}
