package org.cofferhsm.signtool.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.file.SignatureWriter;
import org.cofferhsm.signtool.format.ContentOptions;
import org.cofferhsm.signtool.testing.TestCertificate;
import org.cofferhsm.signtool.testing.TestSigner;
import org.cofferhsm.signtool.verify.FileVerification;
import org.cofferhsm.signtool.verify.Problem;
import org.cofferhsm.signtool.verify.SignatureVerification;
import org.cofferhsm.signtool.verify.TimestampVerification;
import org.cofferhsm.signtool.verify.VerificationPolicy;
import org.cofferhsm.signtool.verify.Verifier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A library that Microsoft signed and timestamped in 2024, from Maven Central. Its signer's certificate has ended; its
 * roots are in no Linux distribution, so the issuers that travel with it are trusted here.
 */
class MicrosoftSignedTest {
    private static final String SIGNED = "2024-08-22T21:06:24.573Z";
    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");

    @TempDir
    private Path directory;

    private Path file;
    private Set<X509Certificate> issuers;

    @BeforeEach
    void copy() throws Exception {
        file = Files.copy(Path.of("target", "signed-samples", "microsoft.dll"), directory.resolve("microsoft.dll"));
        SignatureVerification untrusted = verify(Set.of()).signatures().get(0);
        issuers = Set.of(
                untrusted.chain().get(0), untrusted.timestamps().get(0).chain().get(0));
    }

    private FileVerification verify(Set<X509Certificate> trusted) throws Exception {
        return new Verifier(VerificationPolicy.trusting(trusted, NOW)).verify(file);
    }

    @Test
    void judgesItAtTheTimeOfItsTimestamp() throws Exception {
        SignatureVerification result = verify(issuers).signatures().get(0);

        assertThat(result.problems()).isEmpty();
        assertThat(result.validAt()).isEqualTo(SIGNED);
        assertThat(result.chain().get(1).getNotAfter()).isBefore(NOW);
        assertThat(result.timestamps())
                .extracting(TimestampVerification::kind)
                .containsExactly(TimestampVerification.Kind.RFC3161);
    }

    @Test
    void trustsItsTimestampOnlyWithItsAuthority() throws Exception {
        Set<X509Certificate> signersOnly = issuers.stream()
                .filter(one -> one.getSubjectX500Principal().getName().contains("Code Signing"))
                .collect(Collectors.toSet());

        assertThat(verify(signersOnly).signatures().get(0).problems())
                .extracting(Problem::kind)
                .containsExactly(Problem.Kind.TIMESTAMP_INVALID, Problem.Kind.CERTIFICATE_EXPIRED);
    }

    @Test
    void noticesAChangedByte() throws Exception {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        assertThat(verify(issuers).signatures().get(0).problems())
                .extracting(Problem::kind)
                .containsExactly(Problem.Kind.DIGEST_MISMATCH);
    }

    @Test
    void keepsItsSignatureWhenOursIsNestedInIt() throws Exception {
        TestSigner signer = TestSigner.ofCode(TestCertificate.rsa(2048));

        SignatureWriter.append(file, signer.signature(file, ContentOptions.of(DigestAlgorithm.SHA512)));

        assertThat(verify(issuers).signatures())
                .extracting(SignatureVerification::passed)
                .containsExactly(true, false);
        assertThat(verify(Set.of(signer.anchor())).signatures())
                .extracting(SignatureVerification::passed)
                .containsExactly(false, true);
    }
}
