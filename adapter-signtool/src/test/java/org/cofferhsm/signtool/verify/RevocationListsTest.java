package org.cofferhsm.signtool.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.file.SignatureWriter;
import org.cofferhsm.signtool.format.ContentOptions;
import org.cofferhsm.signtool.testing.TestAuthority;
import org.cofferhsm.signtool.testing.TestCertificate;
import org.cofferhsm.signtool.testing.TestSigner;
import org.cofferhsm.signtool.testing.TinyPe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What revocation lists say of signers and of authorities; the signer's certificate ended ten days ago. */
class RevocationListsTest {
    private static final Instant NOW = Instant.now();
    private static final Instant SIGNED =
            Instant.ofEpochSecond(NOW.minus(Duration.ofDays(50)).getEpochSecond());

    private static final TestSigner ROOT = TestSigner.root();
    private static final KeyPair RSA = TestCertificate.rsa(2048);
    private static final TestAuthority AUTHORITY = TestAuthority.under(ROOT);
    private static final TestSigner SIGNER = ROOT.issue(
            RSA.getPrivate(),
            TestCertificate.of("Example Releases", RSA.getPublic())
                    .forCode()
                    .valid(NOW.minus(Duration.ofDays(100)), NOW.minus(Duration.ofDays(10))));

    @TempDir
    private Path directory;

    private SignatureVerification verify(List<X509CRL> lists, VerificationPolicy.Revocation rule) throws Exception {
        Path file = TinyPe.withOverlay(0).write(directory.resolve("tiny.exe"));
        AuthenticodeSignature signature = SIGNER.signature(file, ContentOptions.of(DigestAlgorithm.SHA256));
        SignatureWriter.replace(
                file, signature.withTimestampToken(AUTHORITY.token(signature.signatureValue(), SIGNED)));
        VerificationPolicy policy = VerificationPolicy.trusting(Set.of(ROOT.anchor()), NOW);
        return new Verifier(policy.with(lists, rule)).verify(file).signatures().get(0);
    }

    /** A timestamp that does not count shows twice. */
    private static void assertNoHelp(SignatureVerification result, Problem.Kind inside) {
        assertThat(result.problems())
                .extracting(Problem::kind)
                .containsExactly(Problem.Kind.TIMESTAMP_INVALID, Problem.Kind.CERTIFICATE_EXPIRED);
        assertThat(result.timestamps().get(0).problems())
                .extracting(Problem::kind)
                .contains(inside);
    }

    private static X509CRL crl(BigInteger serial, Instant revoked) throws Exception {
        return crl(serial, revoked, CRLReason.keyCompromise);
    }

    private static X509CRL crl(BigInteger serial, Instant revoked, int reason) throws Exception {
        JcaX509v2CRLBuilder builder = new JcaX509v2CRLBuilder(
                ROOT.certificate().getSubjectX500Principal(), Date.from(SIGNED.plus(Duration.ofDays(1))));
        builder.setNextUpdate(Date.from(NOW.plus(Duration.ofDays(1))));
        builder.addCRLEntry(serial, Date.from(revoked), reason);
        return signed(builder);
    }

    private static X509CRL signed(JcaX509v2CRLBuilder builder) throws Exception {
        return new JcaX509CRLConverter()
                .getCRL(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(ROOT.privateKey())));
    }

    private SignatureVerification verifyWith(X509CRL crl) throws Exception {
        return verify(List.of(crl), VerificationPolicy.Revocation.REQUIRED);
    }

    @Test
    void keepsTheSignatureOfACertificateThatWasRevokedLater() throws Exception {
        X509CRL crl = crl(SIGNER.certificate().getSerialNumber(), SIGNED.plus(Duration.ofDays(1)));

        assertThat(verifyWith(crl).problems()).isEmpty();
    }

    @Test
    void refusesACertificateThatHadBeenRevoked() throws Exception {
        X509CRL crl = crl(SIGNER.certificate().getSerialNumber(), SIGNED.minus(Duration.ofDays(1)));

        assertThat(verifyWith(crl).problems())
                .extracting(Problem::kind)
                .containsExactly(Problem.Kind.CERTIFICATE_REVOKED);
    }

    @Test
    void refusesAnAuthorityThatHadBeenRevoked() throws Exception {
        X509CRL crl = crl(AUTHORITY.signer().certificate().getSerialNumber(), SIGNED.minus(Duration.ofDays(1)));

        assertNoHelp(verifyWith(crl), Problem.Kind.CERTIFICATE_REVOKED);
    }

    /** Who has the key of an authority puts any time into a token (RFC 3161 §4). */
    @ParameterizedTest
    @ValueSource(ints = {CRLReason.keyCompromise, CRLReason.cACompromise, CRLReason.certificateHold})
    void refusesAnAuthorityWhoseKeyMayBeInOtherHandsSince(int reason) throws Exception {
        X509CRL crl = crl(AUTHORITY.signer().certificate().getSerialNumber(), SIGNED.plus(Duration.ofDays(1)), reason);

        assertNoHelp(verifyWith(crl), Problem.Kind.CERTIFICATE_REVOKED);
    }

    @Test
    void refusesAnAuthorityThatWasRevokedForNoReasonGiven() throws Exception {
        JcaX509v2CRLBuilder builder = new JcaX509v2CRLBuilder(
                ROOT.certificate().getSubjectX500Principal(), Date.from(SIGNED.plus(Duration.ofDays(2))));
        builder.setNextUpdate(Date.from(NOW.plus(Duration.ofDays(1))));
        builder.addCRLEntry(
                AUTHORITY.signer().certificate().getSerialNumber(),
                Date.from(SIGNED.plus(Duration.ofDays(1))),
                CRLReason.unspecified); // which this builder takes for none

        assertNoHelp(verifyWith(signed(builder)), Problem.Kind.CERTIFICATE_REVOKED);
    }

    @ParameterizedTest
    @ValueSource(ints = {CRLReason.affiliationChanged, CRLReason.superseded, CRLReason.cessationOfOperation})
    void keepsTheTokensOfAnAuthorityThatEndedInOrder(int reason) throws Exception {
        X509CRL crl = crl(AUTHORITY.signer().certificate().getSerialNumber(), SIGNED.plus(Duration.ofDays(1)), reason);

        assertThat(verifyWith(crl).problems()).isEmpty();
    }

    @Test
    void asksForAListWhereRevocationIsRequired() throws Exception {
        SignatureVerification result = verify(List.of(), VerificationPolicy.Revocation.REQUIRED);

        assertThat(result.timestamps().get(0).problems())
                .extracting(Problem::kind)
                .containsExactly(Problem.Kind.REVOCATION_UNKNOWN);
        assertThat(result.passed()).isFalse();
    }

    private static JcaX509v2CRLBuilder list(Instant made, Instant next) {
        JcaX509v2CRLBuilder builder =
                new JcaX509v2CRLBuilder(ROOT.certificate().getSubjectX500Principal(), Date.from(made));
        builder.setNextUpdate(Date.from(next));
        return builder;
    }

    private void assertUnknown(JcaX509v2CRLBuilder list) throws Exception {
        assertThat(verifyWith(signed(list)).timestamps().get(0).problems())
                .extracting(Problem::kind)
                .containsExactly(Problem.Kind.REVOCATION_UNKNOWN);
    }

    @Test
    void isNotContentWithAListThatIsTooOld() throws Exception {
        assertUnknown(list(SIGNED.minus(Duration.ofDays(2)), SIGNED.minus(Duration.ofDays(1))));
    }

    @Test
    void isNotContentWithAListThatTellsOfSomeOnly() throws Exception {
        JcaX509v2CRLBuilder delta = list(SIGNED, NOW.plus(Duration.ofDays(1)));
        delta.addExtension(Extension.deltaCRLIndicator, true, new CRLNumber(BigInteger.ONE));

        assertUnknown(delta);
    }

    /** RFC 5280 §5.2: such a list must not be used to tell that something is not revoked. */
    @Test
    void isNotContentWithAListThatItDoesNotUnderstand() throws Exception {
        JcaX509v2CRLBuilder strange = list(SIGNED, NOW.plus(Duration.ofDays(1)));
        strange.addExtension(new ASN1ObjectIdentifier("1.2.3.4"), true, new byte[] {5, 0});

        assertUnknown(strange);
    }

    @Test
    void takesTheRevocationsOfAListThatIsTooOld() throws Exception {
        JcaX509v2CRLBuilder old = list(SIGNED.minus(Duration.ofDays(2)), SIGNED.minus(Duration.ofDays(1)));
        BigInteger serial = SIGNER.certificate().getSerialNumber();
        old.addCRLEntry(serial, Date.from(SIGNED.minus(Duration.ofDays(3))), CRLReason.keyCompromise);

        assertThat(verifyWith(signed(old)).has(Problem.Kind.CERTIFICATE_REVOKED))
                .isTrue();
    }

    @Test
    void ignoresAListThatAnotherKeySigned() throws Exception {
        TestSigner namesake = TestSigner.root();
        JcaX509v2CRLBuilder builder =
                new JcaX509v2CRLBuilder(namesake.certificate().getSubjectX500Principal(), Date.from(SIGNED));
        builder.addCRLEntry(SIGNER.certificate().getSerialNumber(), Date.from(SIGNED), CRLReason.keyCompromise);
        X509CRL forged = new JcaX509CRLConverter()
                .getCRL(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(namesake.privateKey())));

        SignatureVerification result = verify(List.of(forged), VerificationPolicy.Revocation.IF_KNOWN);

        assertThat(result.problems()).isEmpty();
    }
}
