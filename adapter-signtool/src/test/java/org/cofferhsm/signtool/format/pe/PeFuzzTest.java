package org.cofferhsm.signtool.format.pe;

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
import org.cofferhsm.signtool.file.SignatureWriter;
import org.cofferhsm.signtool.file.UnrecognizedFormatException;
import org.cofferhsm.signtool.format.ContentOptions;
import org.cofferhsm.signtool.format.SignableFile;
import org.cofferhsm.signtool.testing.TestCertificate;
import org.cofferhsm.signtool.testing.TestSigner;
import org.cofferhsm.signtool.testing.TinyPe;
import org.cofferhsm.signtool.verify.VerificationPolicy;
import org.cofferhsm.signtool.verify.Verifier;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a PE image holds, reading, describing, verifying and rewriting it ends in a value or in DATA_INVALID. */
class PeFuzzTest {
    private static final TestSigner SIGNER = TestSigner.ofCode(TestCertificate.ec("secp256r1"));
    private static final Verifier VERIFIER =
            new Verifier(VerificationPolicy.trusting(Set.of(SIGNER.anchor()), Instant.now()));
    private static final ContentOptions OPTIONS =
            ContentOptions.of(DigestAlgorithm.SHA256).withPageHashes();

    static Stream<byte[]> images() throws IOException {
        Path file = Files.createTempFile("seed", ".exe");
        try {
            byte[] unsigned = Files.readAllBytes(TinyPe.withOverlay(3).write(file));
            SignatureWriter.replace(file, SIGNER.signature(file, OPTIONS));
            return Stream.of(unsigned, Files.readAllBytes(file));
        } finally {
            Files.delete(file);
        }
    }

    @MethodSource("images")
    @FuzzTest
    void survivesAnything(byte[] image) throws IOException {
        Path file = Files.createTempFile("fuzz", ".exe");
        Path target = Files.createTempFile("fuzz", ".new");
        try {
            Files.write(file, image);
            use(file, target);
        } catch (HsmException e) {
            assertThat(e.reason()).isEqualTo(Reason.DATA_INVALID);
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
            assertThat(VERIFIER.verify(open).format()).isEqualTo("PE image");
            content.writeUnsigned(unsigned);
            assertThat(unsigned.size()).isLessThanOrEqualTo(open.source().size());
            assertThat(content.content(OPTIONS).encoded().length()).isPositive();
        }
    }
}
