package org.cofferhsm.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import java.security.KeyPair;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.key.Usage;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.testing.SharedModule;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CertificateAuthorityTest {
    private static final X500Principal NAME = new X500Principal("CN=Example Root, O=Example");

    @RegisterExtension
    static final SharedModule MODULE = new SharedModule();

    private Session session;

    @BeforeEach
    void login() {
        session = MODULE.login();
    }

    /** Public keys and certificates of other tests' users are visible too. */
    private List<ObjectInfo> own(String label) {
        return session.find(label)
                .with(Attributes.of(Attribute.OWNER, session.user().name()))
                .list();
    }

    private CertificateAuthority create(RootKey kind) {
        return CertificateAuthority.create(session, "root", NAME, kind);
    }

    private static X509Certificate issue(CertificateAuthority authority) throws Exception {
        return authority.issue(request(TestRequest.ec("secp256r1")), CertificateProfile.WEB_SERVER);
    }

    private static byte[] request(KeyPair pair) throws Exception {
        return TestRequest.of(pair, "payroll.example.test").signed("SHA256withECDSA");
    }

    @ParameterizedTest
    @EnumSource
    void signsItsOwnCertificate(RootKey kind) throws Exception {
        X509Certificate root = create(kind).certificate();

        root.verify(root.getPublicKey());
        assertThat(root.getSubjectX500Principal()).isEqualTo(NAME).isEqualTo(root.getIssuerX500Principal());
        assertThat(root.getBasicConstraints()).isEqualTo(Integer.MAX_VALUE);
        assertThat(root.getKeyUsage()).startsWith(true, false, false, false, false, true, true);
        assertThat(root.getCriticalExtensionOIDs()).containsExactlyInAnyOrder("2.5.29.19", "2.5.29.15");
        assertThat(root.getNonCriticalExtensionOIDs()).containsExactlyInAnyOrder("2.5.29.14", "1.3.6.1.4.1.311.21.1");
    }

    @ParameterizedTest
    @EnumSource
    void issuesCertificatesThatTheJdkAccepts(RootKey kind) throws Exception {
        CertificateAuthority authority = create(kind);
        KeyPair pair = TestRequest.ec("secp256r1");

        X509Certificate issued = authority.issue(request(pair), CertificateProfile.WEB_SERVER);

        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(authority.certificate(), null)));
        parameters.setRevocationEnabled(false);
        CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(List.of(issued)), parameters);
        assertThat(issued.getPublicKey()).isEqualTo(pair.getPublic());
    }

    @Test
    void decidesTheExtensionsItself() throws Exception {
        X509Certificate issued = issue(create(RootKey.P384));

        assertThat(issued.getBasicConstraints()).as("asked to become a CA").isEqualTo(-1);
        assertThat(issued.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(issued.getSubjectAlternativeNames()).containsExactly(List.of(2, "payroll.example.test"));
        assertThat(issued.getKeyUsage()).containsOnlyOnce(true).startsWith(true);
        assertThat(issued.getCriticalExtensionOIDs()).containsExactlyInAnyOrder("2.5.29.19", "2.5.29.15");
        assertThat(issued.getNonCriticalExtensionOIDs())
                .containsExactlyInAnyOrder("2.5.29.14", "2.5.29.35", "2.5.29.37", "2.5.29.17");
    }

    @Test
    void letsAnRsaServerKeyEncryptToo() throws Exception {
        byte[] request =
                TestRequest.of(TestRequest.rsa(2048), "payroll.example.test").signed(TestRequest.RSA);

        X509Certificate issued = create(RootKey.P384).issue(request, CertificateProfile.WEB_SERVER);

        assertThat(issued.getKeyUsage()).startsWith(true, false, true, false);
    }

    @Test
    void neverUsesASerialNumberTwice() throws Exception {
        CertificateAuthority authority = create(RootKey.P384);
        byte[] request = request(TestRequest.ec("secp256r1"));

        Set<java.math.BigInteger> serials = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            X509Certificate issued = authority.issue(request, CertificateProfile.WEB_SERVER);
            assertThat(issued.getSerialNumber().signum()).isPositive();
            assertThat(issued.getSerialNumber().bitLength()).isEqualTo(127);
            serials.add(issued.getSerialNumber());
        }
        assertThat(serials).hasSize(20);
    }

    @Test
    void issuesNothingThatOutlivesTheRoot() throws Exception {
        create(RootKey.P384);
        Clock late = Clock.fixed(Instant.now().plus(Duration.ofDays(3600)), ZoneOffset.UTC);
        CertificateAuthority authority = CertificateAuthority.open(session, "root", late);

        X509Certificate issued = issue(authority);

        assertThat(issued.getNotAfter()).isEqualTo(authority.certificate().getNotAfter());
    }

    @Test
    void issuesNothingAfterTheRootsEnd() throws Exception {
        create(RootKey.P384);
        Clock tooLate = Clock.fixed(Instant.now().plus(Duration.ofDays(4000)), ZoneOffset.UTC);
        CertificateAuthority authority = CertificateAuthority.open(session, "root", tooLate);
        byte[] request = request(TestRequest.ec("secp256r1"));

        assertRefused(Reason.KEY_NOT_VALID_NOW, () -> authority.issue(request, CertificateProfile.WEB_SERVER));
    }

    @Test
    void opensWhatItMade() {
        X509Certificate made = create(RootKey.P384).certificate();

        assertThat(CertificateAuthority.open(session, "root").certificate()).isEqualTo(made);
    }

    @Test
    void refusesToMakeASecondCaUnderALabel() {
        create(RootKey.P384);

        assertRefused(Reason.ATTRIBUTE_VALUE_INVALID, () -> create(RootKey.P384));
        assertThat(own("root")).hasSize(3);
    }

    @Test
    void takesUpAKeyThatWasLeftWithoutACertificate() throws Exception {
        session.generate(KeyPairTemplate.ec(org.cofferhsm.hsm.key.Curve.P384)
                .labelled("root")
                .allowing(Usage.SIGN, Usage.VERIFY));

        X509Certificate root = create(RootKey.P384).certificate();

        root.verify(root.getPublicKey());
        assertThat(own("root")).hasSize(3);
    }

    @Test
    void refusesAnUnknownLabel() {
        assertRefused(Reason.KEY_NOT_FOUND, () -> CertificateAuthority.open(session, "nothing"))
                .hasMessageContaining("create it first");
    }

    @Test
    void keepsTheRootKeyInTheModule() {
        create(RootKey.P384);

        assertRefused(
                Reason.KEY_UNEXTRACTABLE,
                () -> session.value(
                        session.find("root").of(ObjectClass.PRIVATE_KEY).one()));
    }

    /** Certificates and public keys are visible to all users, under whatever label they choose. */
    @Test
    void ignoresObjectsOfOthersUnderItsLabel() throws Exception {
        X509Certificate own = create(RootKey.P384).certificate();
        try (Session other = MODULE.login()) {
            assertThat(CertificateAuthority.exists(other, "root")).isFalse();
            CertificateAuthority.create(other, "root", new X500Principal("CN=Evil Root"), RootKey.P384);
        }

        CertificateAuthority authority = CertificateAuthority.open(session, "root");

        assertThat(authority.certificate()).isEqualTo(own);
        issue(authority).verify(own.getPublicKey());
    }

    @Test
    void wantsNamesWhereTheProfileDoes() throws Exception {
        CertificateAuthority authority = create(RootKey.P384);
        byte[] request = TestRequest.of(TestRequest.ec("secp256r1")).signed("SHA256withECDSA");

        assertRefused(Reason.DATA_INVALID, () -> authority.issue(request, CertificateProfile.WEB_SERVER))
                .hasMessageContaining("subjectAltName");
        assertThat(authority.issue(request, CertificateProfile.CLIENT).getSubjectAlternativeNames())
                .isNull();
    }

    @Test
    void marksNamesCriticalWhereThereIsNoSubject() throws Exception {
        byte[] request = new TestRequest(
                        "",
                        TestRequest.ec("secp256r1"),
                        TestRequest.of(TestRequest.ec("secp256r1"), "payroll.example.test")
                                .names())
                .signed("SHA256withECDSA");

        X509Certificate issued = create(RootKey.P384).issue(request, CertificateProfile.WEB_SERVER);

        assertThat(issued.getCriticalExtensionOIDs()).contains("2.5.29.17");
    }

    @Test
    void refusesARequestFromAnEmptyNobody() throws Exception {
        CertificateAuthority authority = create(RootKey.P384);
        byte[] request = new TestRequest("", TestRequest.ec("secp256r1")).signed("SHA256withECDSA");

        assertRefused(Reason.DATA_INVALID, () -> authority.issue(request, CertificateProfile.CLIENT));
    }

    @Test
    void givesKeyAndCertificateOneLabelAndOneId() {
        create(RootKey.P384);

        assertThat(own("root"))
                .extracting(object -> object.attributes().get(Attribute.CLASS))
                .containsExactlyInAnyOrder(ObjectClass.PUBLIC_KEY, ObjectClass.PRIVATE_KEY, ObjectClass.CERTIFICATE);
        assertThat(own("root"))
                .extracting(object -> object.attributes().get(Attribute.ID))
                .containsOnly(own("root").get(0).attributes().get(Attribute.ID));
    }
}
