package org.cofferhsm.signtool.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.file.SignatureWriter;
import org.cofferhsm.signtool.format.ContentCheck;
import org.cofferhsm.signtool.format.ContentOptions;
import org.cofferhsm.signtool.testing.PeSamples;
import org.cofferhsm.signtool.testing.TestCertificate;
import org.cofferhsm.signtool.testing.TestSigner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class VerifierTest {
    private static final KeyPair RSA = TestCertificate.rsa(2048);
    private static final TestSigner SIGNER = TestSigner.ofCode(RSA);
    private static final Instant NOW = Instant.now();

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void copy() throws Exception {
        file = Files.copy(PeSamples.small64(), directory.resolve("sample.dll"));
    }

    private static VerificationPolicy trusting(TestSigner signer) {
        return VerificationPolicy.trusting(Set.of(signer.anchor()), NOW);
    }

    private SignatureVerification verifyOnly(VerificationPolicy policy) throws Exception {
        FileVerification result = new Verifier(policy).verify(file);
        assertThat(result.signatures()).hasSize(1);
        return result.signatures().get(0);
    }

    private void assertProblem(VerificationPolicy policy, Problem.Kind kind) throws Exception {
        SignatureVerification result = verifyOnly(policy);
        assertThat(result.problems()).extracting(Problem::kind).containsExactly(kind);
        assertThat(result.passed()).isFalse();
    }

    static Stream<KeyPair> keys() {
        return Stream.of(RSA, TestCertificate.ec("secp256r1"), TestCertificate.ec("secp384r1"));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void acceptsASignatureByAnyKeyOfAuthenticode(KeyPair pair) throws Exception {
        TestSigner signer = TestSigner.ofCode(pair);
        signer.signInPlace(file);

        SignatureVerification result = verifyOnly(trusting(signer));

        assertThat(result.problems()).isEmpty();
        assertThat(result.chain()).containsExactly(signer.anchor(), signer.certificate());
        assertThat(result.isTimestamped()).isFalse();
        assertThat(result.validAt()).isEqualTo(NOW);
    }

    @ParameterizedTest
    @EnumSource
    void acceptsEveryHashFunctionWithPageHashes(DigestAlgorithm digest) throws Exception {
        SignatureWriter.replace(
                file, SIGNER.signature(file, ContentOptions.of(digest).withPageHashes()));

        SignatureVerification result = verifyOnly(trusting(SIGNER));

        assertThat(result.problems()).isEmpty();
        assertThat(result.content().orElseThrow().pages()).isEqualTo(ContentCheck.Pages.MATCH);
        assertThat(result.signature().digestAlgorithm()).isEqualTo(digest);
    }

    @Test
    void saysThatAFileIsNotSigned() throws Exception {
        FileVerification result = new Verifier(trusting(SIGNER)).verify(file);

        assertThat(result.isSigned()).isFalse();
        assertThat(result.passed()).isFalse();
        assertThat(result.format()).isEqualTo("PE image");
    }

    @Test
    void verifiesEveryNestedSignature() throws Exception {
        TestSigner other = TestSigner.ofCode(TestCertificate.ec("secp256r1"));
        SIGNER.signInPlace(file);
        SignatureWriter.append(file, other.signature(file, ContentOptions.of(DigestAlgorithm.SHA384)));
        SignatureWriter.append(file, SIGNER.signature(file, ContentOptions.of(DigestAlgorithm.SHA512)));

        FileVerification result = new Verifier(trusting(SIGNER)).verify(file);

        assertThat(result.signatures())
                .extracting(one -> one.signature().digestAlgorithm())
                .containsExactly(DigestAlgorithm.SHA256, DigestAlgorithm.SHA384, DigestAlgorithm.SHA512);
        assertThat(result.signatures())
                .extracting(SignatureVerification::passed)
                .containsExactly(true, false, true);
        assertThat(result.passed()).as("one bad signature is enough").isFalse();
        assertThat(result.signatures().get(1).has(Problem.Kind.CHAIN_UNTRUSTED)).isTrue();
    }

    @Test
    void noticesAChangedByte() throws Exception {
        SIGNER.signInPlace(file);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        assertProblem(trusting(SIGNER), Problem.Kind.DIGEST_MISMATCH);
    }

    @Test
    void noticesASignatureOfAnotherFile() throws Exception {
        Path other = Files.copy(PeSamples.small32(), directory.resolve("other.dll"));
        AuthenticodeSignature foreign = SIGNER.signature(other, ContentOptions.of(DigestAlgorithm.SHA256));
        ForgedFile.withSignature(file, foreign);

        assertProblem(trusting(SIGNER), Problem.Kind.DIGEST_MISMATCH);
    }

    @Test
    void noticesASignatureOfAnotherFileInAGoodOne() throws Exception {
        Path other = Files.copy(PeSamples.small32(), directory.resolve("other.dll"));
        AuthenticodeSignature foreign = SIGNER.signature(other, ContentOptions.of(DigestAlgorithm.SHA256));
        AuthenticodeSignature good = SIGNER.signature(file, ContentOptions.of(DigestAlgorithm.SHA256));
        ForgedFile.withSignature(file, good.withNested(foreign));

        FileVerification result = new Verifier(trusting(SIGNER)).verify(file);

        assertThat(result.passed()).isFalse();
        assertThat(result.signatures())
                .extracting(SignatureVerification::passed)
                .containsExactly(true, false);
        assertThat(result.signatures().get(1).has(Problem.Kind.DIGEST_MISMATCH)).isTrue();
    }

    @Test
    void verifiesEverySignatureBesideTheFirst() throws Exception {
        Path other = Files.copy(PeSamples.small32(), directory.resolve("other.dll"));
        AuthenticodeSignature foreign = SIGNER.signature(other, ContentOptions.of(DigestAlgorithm.SHA256));
        AuthenticodeSignature good = SIGNER.signature(file, ContentOptions.of(DigestAlgorithm.SHA256));
        ForgedFile.withSignatures(file, good, foreign);

        FileVerification result = new Verifier(trusting(SIGNER)).verify(file);

        assertThat(result.signatures())
                .extracting(SignatureVerification::passed)
                .containsExactly(true, false);
        assertThat(result.passed()).isFalse();
    }

    @Test
    void noticesTamperedPageHashes() throws Exception {
        AuthenticodeSignature honest =
                SIGNER.signature(file, ContentOptions.of(DigestAlgorithm.SHA256).withPageHashes());
        ForgedFile.withSignature(file, ForgedFile.withOtherPages(SIGNER, honest));

        assertProblem(trusting(SIGNER), Problem.Kind.PAGE_HASH_MISMATCH);
    }

    @Test
    void noticesDataBehindTheSignature() throws Exception {
        SIGNER.signInPlace(file);
        Files.write(file, new byte[] {1}, StandardOpenOption.APPEND);

        assertProblem(trusting(SIGNER), Problem.Kind.UNCOVERED_DATA);
    }

    @Test
    void noticesAForgedSignatureValue() throws Exception {
        AuthenticodeSignature good = SIGNER.signature(file, ContentOptions.of(DigestAlgorithm.SHA256));
        ForgedFile.withSignature(file, ForgedFile.withOtherValue(good));

        assertProblem(trusting(SIGNER), Problem.Kind.SIGNATURE_INVALID);
    }

    @Test
    void trustsNobodyByDefault() throws Exception {
        SIGNER.signInPlace(file);

        assertProblem(trusting(TestSigner.root()), Problem.Kind.CHAIN_UNTRUSTED);
    }

    @Test
    void trustsAnyCertificateAsAnchor() throws Exception {
        TestSigner root = TestSigner.root();
        KeyPair pair = TestCertificate.ec("secp256r1");
        TestSigner issuer = root.issue(pair.getPrivate(), TestCertificate.of("Example Issuer", pair.getPublic()));
        TestSigner signer = issuer.issueForCode(RSA);
        signer.signInPlace(file);

        for (X509Certificate anchor : signer.chain()) {
            SignatureVerification result = verifyOnly(VerificationPolicy.trusting(Set.of(anchor), NOW));
            assertThat(result.problems()).isEmpty();
            assertThat(result.chain().get(0)).isEqualTo(anchor);
        }
    }

    @Test
    void refusesACertificateThatHasEnded() throws Exception {
        TestSigner ended = TestSigner.root()
                .issue(
                        RSA.getPrivate(),
                        TestCertificate.of("Example Releases", RSA.getPublic())
                                .forCode()
                                .valid(NOW.minus(Duration.ofDays(100)), NOW.minus(Duration.ofDays(10))));
        ended.signInPlace(file);

        assertProblem(trusting(ended), Problem.Kind.CERTIFICATE_EXPIRED);
    }

    @Test
    void refusesACertificateForOtherPurposes() throws Exception {
        TestSigner other = TestSigner.root()
                .issue(
                        RSA.getPrivate(),
                        TestCertificate.of("Example Timestamps", RSA.getPublic())
                                .forTimestamps(true));
        other.signInPlace(file);

        assertProblem(trusting(other), Problem.Kind.USAGE_WRONG);
    }

    @Test
    void refusesASignatureWithoutItsCertificate() throws Exception {
        AuthenticodeSignature good = SIGNER.signature(file, ContentOptions.of(DigestAlgorithm.SHA256));
        SignatureWriter.replace(file, ForgedFile.withoutCertificates(good));

        assertProblem(trusting(SIGNER), Problem.Kind.CERTIFICATE_MISSING);
    }

    @Test
    void doesNotTrustACertificateThatALeafIssued() throws Exception {
        KeyPair pair = TestCertificate.ec("secp256r1");
        TestSigner forged = SIGNER.issue(
                pair.getPrivate(),
                TestCertificate.of("Forged", pair.getPublic()).forCode());
        forged.signInPlace(file);

        assertProblem(trusting(SIGNER), Problem.Kind.CHAIN_UNTRUSTED);
    }
}
