package org.cofferhsm.signtool.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.format.ContentOptions;
import org.cofferhsm.signtool.testing.TestCertificate;
import org.cofferhsm.signtool.testing.TestSigner;
import org.cofferhsm.signtool.testing.TinyPe;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignatureWriterTest {
    private static final TestSigner SIGNER = TestSigner.ofCode(TestCertificate.ec("secp256r1"));
    private static final ContentOptions SHA256 = ContentOptions.of(DigestAlgorithm.SHA256);

    @TempDir
    private Path directory;

    private Path file;
    private byte[] before;

    @BeforeEach
    void write() throws IOException {
        file = TinyPe.withOverlay(3).write(directory.resolve("tiny.exe"));
        before = Files.readAllBytes(file);
    }

    private void assertUntouched() throws IOException {
        assertThat(file).hasBinaryContent(before);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void refusesASignatureOfWhatTheFileWasBefore() throws IOException {
        AuthenticodeSignature signature = SIGNER.signature(file, SHA256);
        Files.write(file, new byte[] {1}, StandardOpenOption.APPEND);
        before = Files.readAllBytes(file);

        assertRefused(Reason.DATA_INVALID, () -> SignatureWriter.replace(file, signature))
                .hasMessageContaining("tiny.exe is not what the signature describes");

        assertUntouched();
    }

    @Test
    void cutsNothingOffThatWasAddedBehindASignature() throws IOException {
        SignatureWriter.replace(file, SIGNER.signature(file, SHA256));
        Files.write(file, new byte[] {1, 2, 3}, StandardOpenOption.APPEND);
        before = Files.readAllBytes(file);
        AuthenticodeSignature second = SIGNER.signature(file, SHA256);

        assertRefused(Reason.DATA_INVALID, () -> SignatureWriter.replace(file, second))
                .hasMessageContaining("tiny.exe has 3 bytes behind its signature");
        assertRefused(Reason.DATA_INVALID, () -> SignatureWriter.append(file, second));
        assertRefused(Reason.DATA_INVALID, () -> SignatureWriter.remove(file));

        assertUntouched();
    }

    @Test
    void keepsTheFileWhenTheDiskIsFull() throws IOException {
        SafeReplacement replacement = SafeReplacement.of(file);

        Throwable failure = catchThrowable(() -> replacement.by(
                target -> {
                    target.write(ByteBuffer.wrap(new byte[100]));
                    throw new IOException("No space left on device");
                },
                written -> {}));

        assertThat(failure).isInstanceOf(IOException.class).hasMessage("No space left on device");
        assertUntouched();
    }

    @Test
    void noticesThatSomebodyElseChangedTheFileMeanwhile() throws IOException {
        SafeReplacement replacement = SafeReplacement.of(file);
        Files.write(file, new byte[] {1}, StandardOpenOption.APPEND);
        before = Files.readAllBytes(file);

        assertRefused(
                Reason.DATA_INVALID,
                () -> replacement.by(target -> target.write(ByteBuffer.allocate(1)), written -> {}));

        assertUntouched();
    }

    @Test
    void keepsModeAndOwner() throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x--x"));

        SIGNER.signInPlace(file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rwxr-x--x");
        assertThat(Files.getOwner(file)).isEqualTo(Files.getOwner(directory));
    }

    @Test
    void followsASymbolicLinkAndLeavesItOne() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link.exe"), file.getFileName());

        SIGNER.signInPlace(link);

        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(Files.size(file)).isGreaterThan(before.length);
    }

    @Test
    void refusesToChangeWhatIsNotSigned() throws IOException {
        assertRefused(Reason.ARGUMENT_INVALID, () -> SignatureWriter.remove(file))
                .hasMessageContaining("is not signed");
        assertRefused(
                Reason.ARGUMENT_INVALID, () -> SignatureWriter.change(file, AuthenticodeSignature::withoutUnsigned));

        assertUntouched();
    }

    @Test
    void removesOnlyWhatIsNotSigned() throws IOException {
        SIGNER.signInPlace(file);
        AuthenticodeSignature nested = SIGNER.signature(file, SHA256);
        SignatureWriter.append(file, nested);

        SignatureWriter.change(file, AuthenticodeSignature::withoutUnsigned);

        try (OpenFile open = OpenFile.read(file)) {
            AuthenticodeSignature left = AuthenticodeSignature.parse(
                    open.content().signatures().get(0).toByteArray());
            assertThat(left.nested()).isEmpty();
            assertThat(left.certificates()).isEqualTo(List.of(SIGNER.certificate()));
        }
        SignatureWriter.remove(file);
        assertUntouched();
    }
}
