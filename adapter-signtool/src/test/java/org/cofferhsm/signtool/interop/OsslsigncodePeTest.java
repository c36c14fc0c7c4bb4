package org.cofferhsm.signtool.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.cofferhsm.hsm.spi.OutsideProgram;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.file.SignatureWriter;
import org.cofferhsm.signtool.format.ContentOptions;
import org.cofferhsm.signtool.testing.Osslsigncode;
import org.cofferhsm.signtool.testing.PeSamples;
import org.cofferhsm.signtool.testing.TestAuthority;
import org.cofferhsm.signtool.testing.TestCertificate;
import org.cofferhsm.signtool.testing.TestSigner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What we put into PE images, in the eyes of osslsigncode. */
class OsslsigncodePeTest {
    private static final TestSigner RSA = TestSigner.ofCode(TestCertificate.rsa(2048));

    private final Osslsigncode osslsigncode = Osslsigncode.installed();

    @TempDir
    private Path directory;

    private Path root;

    @BeforeEach
    void writeRoot() {
        root = RSA.writeRoot(directory.resolve("root.pem"));
    }

    static Stream<Path> images() {
        return PeSamples.all().stream();
    }

    @Test
    void acceptsImagesForEveryProcessor() throws Exception {
        for (Path file : PeSamples.ofJna(directory)) {
            byte[] before = Files.readAllBytes(file);

            SignatureWriter.replace(
                    file,
                    RSA.signature(
                            file, ContentOptions.of(DigestAlgorithm.SHA256).withPageHashes()));

            assertAccepted(file);
            SignatureWriter.remove(file);
            assertThat(file).hasBinaryContent(before);
        }
    }

    private Path copy(Path image) throws Exception {
        return Files.copy(image, directory.resolve(image.getFileName()));
    }

    private void assertAccepted(Path file) {
        OutsideProgram.Finished verified = osslsigncode.verify(file, root);
        assertThat(verified.status()).as(verified.text() + verified.messages()).isZero();
        assertThat(verified.text()).contains("Page hash algorithm").doesNotContain("MISMATCH");
    }

    @ParameterizedTest
    @MethodSource("images")
    void acceptsAnyImageWithPageHashes(Path image) throws Exception {
        Path file = copy(image);
        byte[] before = Files.readAllBytes(file);

        SignatureWriter.replace(
                file,
                RSA.signature(file, ContentOptions.of(DigestAlgorithm.SHA256).withPageHashes()));

        assertAccepted(file);
        SignatureWriter.remove(file);
        assertThat(file).hasBinaryContent(before);
    }

    @ParameterizedTest
    @EnumSource
    void acceptsEveryHashFunctionNestedAndTimestamped(DigestAlgorithm digest) throws Exception {
        Path file = copy(PeSamples.small32());
        TestSigner authorities = TestSigner.root();
        TestAuthority authority = TestAuthority.under(authorities);
        TestSigner ec = authorities.issueForCode(TestCertificate.ec("secp256r1"));
        TestSigner rsa = authorities.issueForCode(TestCertificate.rsa(2048));
        root = authorities.writeRoot(directory.resolve("authorities.pem"));
        Instant time = Instant.now();

        AuthenticodeSignature first = ec.signature(file, ContentOptions.of(digest));
        SignatureWriter.replace(file, first.withTimestampToken(authority.token(first.signatureValue(), time)));
        AuthenticodeSignature second =
                rsa.signature(file, ContentOptions.of(digest).withPageHashes());
        SignatureWriter.append(
                file,
                second.withCounterSignature(
                        authority.counterSignature(second.signatureValue(), time),
                        authority.signer().chain()));

        OutsideProgram.Finished verified = osslsigncode.verify(file, root);
        assertThat(verified.status()).as(verified.text() + verified.messages()).isZero();
        assertThat(verified.text())
                .contains("Number of verified signatures: 2")
                .contains("Timestamp Server Signature verification: ok")
                .doesNotContain("failed");
    }

    @Test
    void noticesWhatIsWrongWithOurOwnSignatureToo() throws Exception {
        Path file = RSA.signInPlace(copy(PeSamples.small64()));
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        assertThat(osslsigncode.verify(file, root).status()).isNotZero();
    }
}
