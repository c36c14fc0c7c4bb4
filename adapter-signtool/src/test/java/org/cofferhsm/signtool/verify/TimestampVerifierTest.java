package org.cofferhsm.signtool.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.file.SignatureWriter;
import org.cofferhsm.signtool.format.ContentOptions;
import org.cofferhsm.signtool.testing.PeSamples;
import org.cofferhsm.signtool.testing.TestAuthority;
import org.cofferhsm.signtool.testing.TestCertificate;
import org.cofferhsm.signtool.testing.TestSigner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimestampVerifierTest {
    private static final Instant NOW = Instant.now();
    private static final Instant SIGNED =
            Instant.ofEpochSecond(NOW.minus(Duration.ofDays(50)).getEpochSecond());

    private static final TestSigner ROOT = TestSigner.root();
    private static final KeyPair RSA = TestCertificate.rsa(2048);
    private static final TestAuthority AUTHORITY = TestAuthority.under(ROOT);
    /** Ended ten days ago. */
    private static final TestSigner SIGNER = ROOT.issue(
            RSA.getPrivate(),
            TestCertificate.of("Example Releases", RSA.getPublic())
                    .forCode()
                    .valid(NOW.minus(Duration.ofDays(100)), NOW.minus(Duration.ofDays(10))));

    private static final VerificationPolicy POLICY = VerificationPolicy.trusting(Set.of(ROOT.anchor()), NOW);

    @TempDir
    private Path directory;

    private Path file;
    private AuthenticodeSignature signature;

    @BeforeEach
    void sign() throws Exception {
        file = Files.copy(PeSamples.small64(), directory.resolve("sample.dll"));
        signature = SIGNER.signature(file, ContentOptions.of(DigestAlgorithm.SHA256));
    }

    private SignatureVerification verify(AuthenticodeSignature timestamped, VerificationPolicy policy)
            throws Exception {
        SignatureWriter.replace(file, timestamped);
        return new Verifier(policy).verify(file).signatures().get(0);
    }

    private AuthenticodeSignature stamped(TestAuthority authority, Instant time) throws Exception {
        return signature.withTimestampToken(authority.token(signature.signatureValue(), time));
    }

    private AuthenticodeSignature countersigned(TestAuthority authority, Instant time) {
        return signature.withCounterSignature(
                authority.counterSignature(signature.signatureValue(), time),
                authority.signer().chain());
    }

    /** The signer's certificate has ended, so a timestamp that does not count shows twice. */
    private static void assertNoHelp(SignatureVerification result, Problem.Kind inside) {
        assertThat(result.passed()).isFalse();
        assertThat(result.problems())
                .extracting(Problem::kind)
                .containsExactly(Problem.Kind.TIMESTAMP_INVALID, Problem.Kind.CERTIFICATE_EXPIRED);
        assertThat(result.timestamps().get(0).problems())
                .extracting(Problem::kind)
                .contains(inside);
        assertThat(result.validAt()).isEqualTo(NOW);
    }

    @Test
    void judgesTheSignerAtTheTimeOfTheToken() throws Exception {
        SignatureVerification result = verify(stamped(AUTHORITY, SIGNED), POLICY);

        assertThat(result.problems()).isEmpty();
        assertThat(result.validAt()).isEqualTo(SIGNED);
        TimestampVerification stamp = result.timestamps().get(0);
        assertThat(stamp.kind()).isEqualTo(TimestampVerification.Kind.RFC3161);
        assertThat(stamp.chain())
                .containsExactly(ROOT.anchor(), AUTHORITY.signer().certificate());
    }

    @Test
    void judgesTheSignerAtTheTimeOfTheCountersignature() throws Exception {
        SignatureVerification result = verify(countersigned(AUTHORITY, SIGNED), POLICY);

        assertThat(result.problems()).isEmpty();
        assertThat(result.validAt()).isEqualTo(SIGNED);
        assertThat(result.timestamps().get(0).kind()).isEqualTo(TimestampVerification.Kind.AUTHENTICODE);
    }

    @Test
    void refusesTheSignerWhenTheTimestampIsLaterThanItsCertificate() throws Exception {
        SignatureVerification result = verify(stamped(AUTHORITY, NOW.minus(Duration.ofDays(1))), POLICY);

        assertThat(result.problems()).extracting(Problem::kind).containsExactly(Problem.Kind.CERTIFICATE_EXPIRED);
        assertThat(result.isTimestamped()).isTrue();
    }

    @Test
    void refusesATokenOfAnotherSignature() throws Exception {
        byte[] token = AUTHORITY.token(new byte[] {1, 2, 3}, SIGNED);

        assertNoHelp(verify(signature.withTimestampToken(token), POLICY), Problem.Kind.TIMESTAMP_INVALID);
    }

    @Test
    void refusesATokenWithAFlippedBitInItsSignature() throws Exception {
        byte[] token = AUTHORITY.token(signature.signatureValue(), SIGNED);
        token[token.length - 1] ^= 1;

        assertNoHelp(verify(signature.withTimestampToken(token), POLICY), Problem.Kind.SIGNATURE_INVALID);
    }

    @Test
    void refusesACountersignatureOfAnotherSignature() throws Exception {
        AuthenticodeSignature forged = signature.withCounterSignature(
                AUTHORITY.counterSignature(new byte[] {1, 2, 3}, SIGNED),
                AUTHORITY.signer().chain());

        assertNoHelp(verify(forged, POLICY), Problem.Kind.SIGNATURE_INVALID);
    }

    @Test
    void refusesATokenByACertificateForCode() throws Exception {
        TestAuthority notOne = new TestAuthority(ROOT.issue(
                RSA.getPrivate(),
                TestCertificate.of("Example Releases", RSA.getPublic()).forTimestamps(true)));
        TestSigner coder = ROOT.issueForCode(RSA);

        AuthenticodeSignature forged = signature.withCounterSignature(
                new TestAuthority(coder).counterSignature(signature.signatureValue(), SIGNED), coder.chain());

        assertNoHelp(verify(forged, POLICY), Problem.Kind.USAGE_WRONG);
        assertThat(verify(stamped(notOne, SIGNED), POLICY).problems()).isEmpty();
    }

    @Test
    void acceptsAnAuthorityThatDoesNotMarkItsPurposeAsCritical() throws Exception {
        KeyPair pair = TestCertificate.rsa(2048);
        TestAuthority old = new TestAuthority(ROOT.issue(
                pair.getPrivate(),
                TestCertificate.of("Old Timestamps", pair.getPublic()).forTimestamps(false)));

        assertThat(verify(countersigned(old, SIGNED), POLICY).problems()).isEmpty();
    }

    @Test
    void refusesATokenFromTheFuture() throws Exception {
        SignatureVerification result = verify(stamped(AUTHORITY, NOW.plus(Duration.ofDays(1))), POLICY);

        assertNoHelp(result, Problem.Kind.TIMESTAMP_INVALID);
    }

    @Test
    void refusesAnAuthorityThatIsNotTrusted() throws Exception {
        TestAuthority stranger = TestAuthority.under(TestSigner.root("Another Root", TestCertificate.rsa(2048)));

        assertNoHelp(verify(stamped(stranger, SIGNED), POLICY), Problem.Kind.CHAIN_UNTRUSTED);
    }

    @Test
    void refusesAnAuthorityWhoseCertificateHadEnded() throws Exception {
        KeyPair pair = TestCertificate.rsa(2048);
        TestAuthority ended = new TestAuthority(ROOT.issue(
                pair.getPrivate(),
                TestCertificate.of("Ended Timestamps", pair.getPublic())
                        .forTimestamps(true)
                        .valid(SIGNED.minus(Duration.ofDays(9)), SIGNED.minus(Duration.ofDays(1)))));

        assertNoHelp(verify(stamped(ended, SIGNED), POLICY), Problem.Kind.CERTIFICATE_EXPIRED);
    }

    @Test
    void failsForABadTimestampEvenWhereNoneIsNeeded() throws Exception {
        TestSigner current = ROOT.issueForCode(RSA);
        signature = current.signature(file, ContentOptions.of(DigestAlgorithm.SHA256));
        assertThat(verify(signature, POLICY).passed()).isTrue();
        byte[] token = AUTHORITY.token(signature.signatureValue(), SIGNED);
        token[token.length - 1] ^= 1;

        SignatureVerification result = verify(signature.withTimestampToken(token), POLICY);

        assertThat(result.problems()).extracting(Problem::kind).containsExactly(Problem.Kind.TIMESTAMP_INVALID);
    }

    @Test
    void refusesATokenThatIsGarbage() throws Exception {
        SignatureVerification result = verify(signature.withTimestampToken(new byte[] {0x30, 0}), POLICY);

        assertNoHelp(result, Problem.Kind.MALFORMED);
    }

    /** Who signs code could put any time into it by such a certificate (RFC 3161 §2.3). */
    @Test
    void refusesAnAuthorityWhoseCertificateIsForCodeToo() throws Exception {
        KeyPair pair = TestCertificate.rsa(2048);
        ExtendedKeyUsage both = new ExtendedKeyUsage(
                new KeyPurposeId[] {KeyPurposeId.id_kp_timeStamping, KeyPurposeId.id_kp_codeSigning});
        TestAuthority authority = new TestAuthority(ROOT.issue(
                pair.getPrivate(),
                TestCertificate.of("Example Both", pair.getPublic())
                        .forTimestamps(true)
                        .with(Extension.extendedKeyUsage, true, both)));

        assertNoHelp(verify(countersigned(authority, SIGNED), POLICY), Problem.Kind.USAGE_WRONG);
    }

    @Test
    void refusesATokenThatNamesAnotherCertificate() throws Exception {
        byte[] honest = AUTHORITY.token(signature.signatureValue(), SIGNED);
        byte[] token = AUTHORITY
                .token(TimestampToken.parse(honest).info(), ROOT.certificate())
                .getEncoded();

        assertNoHelp(verify(signature.withTimestampToken(token), POLICY), Problem.Kind.TIMESTAMP_INVALID);
    }

    /** Microsoft's purpose "lifetime signing": a timestamp does not help. */
    @Test
    void endsWithACertificateForItsLifetimeOnly() throws Exception {
        ExtendedKeyUsage lifetime = new ExtendedKeyUsage(new KeyPurposeId[] {
            KeyPurposeId.id_kp_codeSigning,
            KeyPurposeId.getInstance(new ASN1ObjectIdentifier("1.3.6.1.4.1.311.10.3.13"))
        });
        TestSigner signer = ROOT.issue(
                RSA.getPrivate(),
                TestCertificate.of("Example Tests", RSA.getPublic())
                        .forCode()
                        .with(Extension.extendedKeyUsage, false, lifetime)
                        .valid(NOW.minus(Duration.ofDays(100)), NOW.minus(Duration.ofDays(10))));
        signature = signer.signature(file, ContentOptions.of(DigestAlgorithm.SHA256));

        SignatureVerification result = verify(stamped(AUTHORITY, SIGNED), POLICY);

        assertThat(result.problems()).extracting(Problem::kind).containsExactly(Problem.Kind.CERTIFICATE_EXPIRED);
        assertThat(result.validAt()).isEqualTo(NOW);
    }

    @Test
    void refusesATimeBeforeTheSignersCertificate() throws Exception {
        SignatureVerification result = verify(stamped(AUTHORITY, NOW.minus(Duration.ofDays(101))), POLICY);

        assertThat(result.problems()).extracting(Problem::kind).containsExactly(Problem.Kind.CERTIFICATE_EXPIRED);
    }

    /** Each would be held against every certificate of the signature, and there is room for millions of both. */
    @Test
    void refusesMoreTimestampsThanAnybodyMakes() throws Exception {
        SignatureVerification result = verify(ForgedFile.withTokens(signature, 33), POLICY);

        assertThat(result.problems()).extracting(Problem::kind).containsExactly(Problem.Kind.MALFORMED);
        assertThat(verify(ForgedFile.withTokens(signature, 32), POLICY).timestamps())
                .hasSize(32);
    }
}
