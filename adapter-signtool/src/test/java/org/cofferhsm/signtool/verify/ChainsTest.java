package org.cofferhsm.signtool.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.cofferhsm.signtool.testing.TestCertificate;
import org.cofferhsm.signtool.testing.TestSigner;
import org.junit.jupiter.api.Test;

/** What certificates say of each other is held (RFC 5280 §6.1). */
class ChainsTest {
    private static final Instant NOW = Instant.now();
    private static final KeyPair PAIR = TestCertificate.ec("secp256r1");

    private static ChainVerification verify(TestSigner signer) {
        VerificationPolicy policy = VerificationPolicy.trusting(Set.of(signer.anchor()), NOW);
        return Chains.of(policy, policy.anchors())
                .verify(
                        Optional.of(signer.certificate()),
                        signer.chain().subList(1, signer.chain().size() - 1),
                        new Use(Purpose.CODE_SIGNING, NOW));
    }

    private static void assertRefused(TestSigner signer, Problem.Kind kind) {
        assertThat(verify(signer).problems()).extracting(Problem::kind).containsExactly(kind);
    }

    private static TestCertificate issuer() {
        return TestCertificate.of("Example Issuer", PAIR.getPublic());
    }

    private static TestSigner under(TestCertificate issuer) {
        return TestSigner.root().issue(PAIR.getPrivate(), issuer).issueForCode(PAIR);
    }

    @Test
    void trustsAProperChain() {
        assertThat(verify(under(issuer())).problems()).isEmpty();
        assertThat(verify(under(issuer().with(Extension.basicConstraints, true, new BasicConstraints(0))))
                        .problems())
                .isEmpty();
    }

    @Test
    void refusesAnIssuerThatAnotherMayNotHaveMade() {
        TestCertificate last = issuer().with(Extension.basicConstraints, true, new BasicConstraints(0));
        TestSigner signer = TestSigner.root()
                .issue(PAIR.getPrivate(), last)
                .issue(PAIR.getPrivate(), TestCertificate.of("Beyond", PAIR.getPublic()))
                .issueForCode(PAIR);

        assertRefused(signer, Problem.Kind.CHAIN_UNTRUSTED);
    }

    @Test
    void refusesAnIssuerThatIsNone() {
        assertRefused(
                under(issuer().with(Extension.basicConstraints, true, new BasicConstraints(false))),
                Problem.Kind.CHAIN_UNTRUSTED);
    }

    @Test
    void refusesAnIssuerWhoseKeyIsNotForCertificates() {
        assertRefused(
                under(issuer().with(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))),
                Problem.Kind.CHAIN_UNTRUSTED);
    }

    @Test
    void refusesANameThatItsIssuerMayNotGive() {
        GeneralSubtree others = new GeneralSubtree(new GeneralName(new X500Name("CN=Somebody Else")));

        assertRefused(
                under(issuer().with(
                                Extension.nameConstraints,
                                true,
                                new NameConstraints(new GeneralSubtree[] {others}, null))),
                Problem.Kind.CHAIN_UNTRUSTED);
    }

    @Test
    void refusesAnIssuerThatHasEnded() {
        assertRefused(
                under(issuer().valid(NOW.minus(Duration.ofDays(9)), NOW.minus(Duration.ofDays(1)))),
                Problem.Kind.CERTIFICATE_EXPIRED);
    }

    @Test
    void refusesAnIssuerForOtherPurposes() {
        assertRefused(
                under(issuer().with(
                                Extension.extendedKeyUsage,
                                false,
                                new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))),
                Problem.Kind.USAGE_WRONG);
    }

    @Test
    void refusesACertificateThatSaysWhatItDoesNotUnderstand() {
        TestSigner signer = TestSigner.root()
                .issue(
                        PAIR.getPrivate(),
                        TestCertificate.of("Example Releases", PAIR.getPublic())
                                .forCode()
                                .with(new ASN1ObjectIdentifier("1.2.3.4"), true, DERNull.INSTANCE));

        assertRefused(signer, Problem.Kind.CHAIN_UNTRUSTED);
    }

    @Test
    void refusesAKeyThatIsNotForSigning() {
        TestSigner signer = TestSigner.root()
                .issue(
                        PAIR.getPrivate(),
                        TestCertificate.of("Example Releases", PAIR.getPublic())
                                .forCode()
                                .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyEncipherment)));

        assertRefused(signer, Problem.Kind.USAGE_WRONG);
    }

    @Test
    void refusesAKeyThatAnybodyCanFind() {
        assertRefused(TestSigner.root().issueForCode(TestCertificate.rsa(512)), Problem.Kind.ALGORITHM_WEAK);
    }

    @Test
    void refusesARootThatHasEnded() {
        TestSigner root = new TestSigner(
                PAIR.getPrivate(),
                List.of(TestCertificate.of("Ended Root", PAIR.getPublic())
                        .valid(NOW.minus(Duration.ofDays(9)), NOW.minus(Duration.ofDays(1)))
                        .selfSigned(PAIR.getPrivate())));

        assertRefused(root.issueForCode(PAIR), Problem.Kind.CERTIFICATE_EXPIRED);
    }

    @Test
    void refusesAnIssuerThatTheRootMayNotHaveMade() {
        TestSigner root = new TestSigner(
                PAIR.getPrivate(),
                List.of(TestCertificate.of("Short Root", PAIR.getPublic())
                        .with(Extension.basicConstraints, true, new BasicConstraints(0))
                        .selfSigned(PAIR.getPrivate())));

        assertThat(verify(root.issueForCode(PAIR)).problems()).isEmpty();
        assertRefused(root.issue(PAIR.getPrivate(), issuer()).issueForCode(PAIR), Problem.Kind.CHAIN_UNTRUSTED);
    }
}
