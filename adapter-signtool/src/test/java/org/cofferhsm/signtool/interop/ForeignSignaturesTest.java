package org.cofferhsm.signtool.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.file.SignatureWriter;
import org.cofferhsm.signtool.format.ContentCheck;
import org.cofferhsm.signtool.testing.PeSamples;
import org.cofferhsm.signtool.testing.Signers;
import org.cofferhsm.signtool.testing.TestAuthority;
import org.cofferhsm.signtool.testing.TestCertificate;
import org.cofferhsm.signtool.testing.TestSigner;
import org.cofferhsm.signtool.verify.FileVerification;
import org.cofferhsm.signtool.verify.SignatureVerification;
import org.cofferhsm.signtool.verify.TimestampVerification;
import org.cofferhsm.signtool.verify.VerificationPolicy;
import org.cofferhsm.signtool.verify.Verifier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What osslsigncode and jsign put into PE images, in our eyes. */
class ForeignSignaturesTest {
    private static final TestSigner ROOT = TestSigner.root();
    private static final TestAuthority AUTHORITY = TestAuthority.under(ROOT);

    @TempDir
    private Path directory;

    private Path unsigned;
    private Path signed;

    @BeforeEach
    void copy() throws Exception {
        unsigned = Files.copy(PeSamples.small64(), directory.resolve("unsigned.dll"));
        signed = directory.resolve("signed.dll");
    }

    static Stream<TestSigner> signers() {
        return Stream.of(TestCertificate.rsa(2048), TestCertificate.ec("secp256r1"), TestCertificate.ec("secp384r1"))
                .map(pair -> ROOT.issueForCode(pair));
    }

    private static List<SignatureVerification> verify(Path file) throws Exception {
        FileVerification result =
                new Verifier(VerificationPolicy.trusting(Set.of(ROOT.anchor()), Instant.now())).verify(file);
        assertThat(result.signatures())
                .allSatisfy(one -> assertThat(one.problems()).isEmpty());
        assertThat(result.passed()).isTrue();
        return result.signatures();
    }

    @ParameterizedTest
    @MethodSource("signers")
    void acceptsWhatOsslsigncodeSigned(TestSigner signer) throws Exception {
        new Signers(signer, directory)
                .osslsigncode(unsigned, signed, "-h", "sha384", "-n", "Example", "-i", "https://example.test/");

        SignatureVerification result = verify(signed).get(0);

        assertThat(result.signature().opusInfo().description()).contains("Example");
        assertThat(result.signature().opusInfo().url()).contains("https://example.test/");
        assertThat(result.signature().digestAlgorithm()).isEqualTo(DigestAlgorithm.SHA384);
    }

    @ParameterizedTest
    @MethodSource("signers")
    void acceptsPageHashesNestedSignaturesAndTimestampsOfOsslsigncode(TestSigner signer) throws Exception {
        Path once = directory.resolve("once.dll");
        Path authority = AUTHORITY.signer().writeChain(directory.resolve("tsa.pem"));
        Path key = AUTHORITY.signer().writeKey(directory.resolve("tsa.key"));
        new Signers(signer, directory).osslsigncode(unsigned, once, "-h", "sha1", "-ph");
        new Signers(signer, directory)
                .osslsigncode(
                        once,
                        signed,
                        "-h",
                        "sha256",
                        "-ph",
                        "-nest",
                        "-TSA-certs",
                        authority.toString(),
                        "-TSA-key",
                        key.toString());

        List<SignatureVerification> results = verify(signed);

        assertThat(results)
                .extracting(one -> one.content().orElseThrow().pages())
                .containsExactly(ContentCheck.Pages.MATCH, ContentCheck.Pages.MATCH);
        assertThat(results).extracting(SignatureVerification::isTimestamped).containsExactly(false, true);
        assertThat(results.get(1).timestamps().get(0).kind()).isEqualTo(TimestampVerification.Kind.RFC3161);
    }

    @ParameterizedTest
    @MethodSource("signers")
    void acceptsWhatJsignSigned(TestSigner signer) throws Exception {
        Files.copy(unsigned, signed);
        new Signers(signer, directory).jsign(signed, net.jsign.DigestAlgorithm.SHA256, false);
        new Signers(signer, directory).jsign(signed, net.jsign.DigestAlgorithm.SHA512, true);

        List<SignatureVerification> results = verify(signed);

        assertThat(results)
                .extracting(one -> one.signature().digestAlgorithm())
                .containsExactly(DigestAlgorithm.SHA256, DigestAlgorithm.SHA512);
        assertThat(results.get(0).signature().opusInfo().description()).contains("Example");
    }

    @ParameterizedTest
    @MethodSource("signers")
    void givesBackAFileThatWasSignedElsewhereUpToItsChecksum(TestSigner signer) throws Exception {
        new Signers(signer, directory).osslsigncode(unsigned, signed);

        SignatureWriter.remove(signed);

        byte[] before = Files.readAllBytes(unsigned);
        assertThat(Files.readAllBytes(signed)).hasSizeBetween(before.length, before.length + 7);
        assertThat(new Verifier(VerificationPolicy.trusting(Set.of(ROOT.anchor()), Instant.now()))
                        .verify(signed)
                        .isSigned())
                .isFalse();
    }
}
