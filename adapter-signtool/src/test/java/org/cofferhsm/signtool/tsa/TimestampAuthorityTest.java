package org.cofferhsm.signtool.tsa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cmp.PKIFailureInfo;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.tsp.TimeStampResp;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Curve;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.session.AuditEntry;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.testing.SharedModule;
import org.cofferhsm.signtool.CodeSigningKeys;
import org.cofferhsm.signtool.SigningKey;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong is told from Bouncy Castle's own reading of the answers. */
class TimestampAuthorityTest {
    private static final X500Principal NAME = new X500Principal("CN=Example Timestamps,O=Example,C=DE");
    private static final KeyPairTemplate P256 = KeyPairTemplate.ec(Curve.P256);
    private static final byte[] DIGEST = DigestAlgorithm.SHA256.digest(new byte[] {1, 2, 3});

    @RegisterExtension
    static final SharedModule MODULE = new SharedModule();

    private Session session;
    private X509Certificate certificate;
    private TimestampAuthority authority;

    @BeforeEach
    void start() {
        session = MODULE.login();
        use(P256);
    }

    private void use(KeyPairTemplate kind) {
        String label = kind.equals(P256) ? "tsa" : "tsa-rsa";
        certificate = new TsaKeys(session).make(label, kind, NAME);
        authority = TimestampAuthority.open(session, label, TsaRules.usual());
    }

    @AfterEach
    void stop() {
        authority.close();
    }

    private static TimeStampRequestGenerator asking() {
        TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
        generator.setCertReq(true);
        return generator;
    }

    private static TimeStampRequest request() throws Exception {
        return asking().generate(NISTObjectIdentifiers.id_sha256, DIGEST, BigInteger.valueOf(4711));
    }

    private TimeStampToken granted(TimeStampRequest request) throws Exception {
        TimeStampResponse response = new TimeStampResponse(authority.answer(request.getEncoded()));
        assertThat(response.getStatus()).as(response.getStatusString()).isZero();
        response.validate(request);
        return response.getTimeStampToken();
    }

    private void assertVerifies(TimeStampToken token) throws Exception {
        token.validate(new JcaSimpleSignerInfoVerifierBuilder().build(certificate));
    }

    private int failure(byte[] request) {
        TimeStampResp response = TimeStampResp.getInstance(authority.answer(request));
        assertThat(response.getTimeStampToken()).isNull();
        assertThat(response.getStatus().getStatus().intValue()).isEqualTo(2);
        return response.getStatus().getFailInfo().intValue();
    }

    @Test
    void givesATokenThatOthersVerify() throws Exception {
        Instant before = Instant.now().minusMillis(1);
        TimeStampToken token = granted(request());

        assertVerifies(token);
        assertThat(token.getTimeStampInfo().getGenTime().toInstant()).isBetween(before.minusMillis(1), Instant.now());
        assertThat(token.getTimeStampInfo().isOrdered()).isFalse();
        assertThat(token.getTimeStampInfo().getGenTimeAccuracy().getSeconds()).isOne();
        assertThat(token.getTimeStampInfo().getPolicy()).isEqualTo(TsaRules.UNREGISTERED_POLICY);
        assertThat(token.getCertificates().getMatches(null)).containsExactly(new JcaX509CertificateHolder(certificate));
    }

    @Test
    void signsByRsaToo() throws Exception {
        use(KeyPairTemplate.rsa(3072));

        assertVerifies(granted(request()));
    }

    @Test
    void sendsTheCertificateOnlyWhereItIsWanted() throws Exception {
        TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
        TimeStampToken token = granted(generator.generate(NISTObjectIdentifiers.id_sha256, DIGEST));

        assertVerifies(token);
        assertThat(token.getCertificates().getMatches(null)).isEmpty();
        assertThat(token.getTimeStampInfo().getNonce()).isNull();
    }

    @Test
    void givesEachTokenASerialNumberOfItsOwn() throws Exception {
        Set<BigInteger> serials = new HashSet<>();
        for (int i = 0; i < 8; i++) {
            serials.add(granted(request()).getTimeStampInfo().getSerialNumber());
        }

        assertThat(serials).hasSize(8).allMatch(serial -> serial.signum() > 0 && serial.bitLength() <= 160);
        assertThat(serials).anyMatch(serial -> serial.bitLength() > 150);
    }

    @Test
    void recordsEachTokenInTheAuditLog() throws Exception {
        BigInteger serial = granted(request()).getTimeStampInfo().getSerialNumber();

        try (Session admin = MODULE.admin()) {
            assertThat(admin.auditTrail().read(1, Integer.MAX_VALUE))
                    .filteredOn(entry -> entry.user().equals(session.user().name()))
                    .filteredOn(entry -> entry.operation().equals("note:tsa"))
                    .extracting(AuditEntry::detail)
                    .singleElement()
                    .asString()
                    .contains(serial.toString(16), HexFormat.of().formatHex(DIGEST));
        }
    }

    @Test
    void givesNothingThatCannotBeRecorded() throws Exception {
        TsaSigner signer = new TsaSigner(TsaKey.named("tsa", session, Instant.now()));
        TsaClock clock = new TsaClock(Clock.systemUTC(), LastTime.of(session, "other"));
        authority = new TimestampAuthority(TsaRules.usual(), signer, clock, text -> {
            throw HsmException.auditUnavailable("the disk is full");
        });

        assertThat(failure(request().getEncoded())).isEqualTo(PKIFailureInfo.systemFailure);
    }

    @Test
    void acceptsOnlyTheHashFunctionsOfItsRules() throws Exception {
        byte[] sha1 =
                asking().generate(OIWObjectIdentifiers.idSHA1, new byte[20]).getEncoded();
        assertThat(failure(sha1)).isEqualTo(PKIFailureInfo.badAlg);
        byte[] unknown = asking().generate(new ASN1ObjectIdentifier("1.2.840.113549.2.5"), new byte[16])
                .getEncoded();
        assertThat(failure(unknown)).isEqualTo(PKIFailureInfo.badAlg);
        for (DigestAlgorithm digest : TsaRules.usual().accepted()) {
            granted(asking().generate(digest.oid(), new byte[digest.length()]));
        }

        authority.close();
        authority = TimestampAuthority.open(session, "tsa", TsaRules.usual().allowingSha1());
        granted(asking().generate(OIWObjectIdentifiers.idSHA1, new byte[20]));
    }

    @Test
    void promisesWhatItsRulesSay() throws Exception {
        ASN1ObjectIdentifier policy = new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1");
        TsaRules rules = TsaRules.usual().following(policy).accurateTo(Duration.ofMillis(1500));
        authority = TimestampAuthority.open(session, "tsa", rules);
        TimeStampRequestGenerator generator = asking();
        generator.setReqPolicy(policy);

        TimeStampToken token = granted(generator.generate(NISTObjectIdentifiers.id_sha256, DIGEST));

        assertThat(token.getTimeStampInfo().getPolicy()).isEqualTo(policy);
        assertThat(token.getTimeStampInfo().getGenTimeAccuracy().getSeconds()).isOne();
        assertThat(token.getTimeStampInfo().getGenTimeAccuracy().getMillis()).isEqualTo(500);
        assertRefused(Reason.ARGUMENT_INVALID, () -> TsaRules.usual().accurateTo(Duration.ZERO));
    }

    @Test
    void refusesAPolicyThatIsNotItsOwn() throws Exception {
        TimeStampRequestGenerator generator = asking();
        generator.setReqPolicy(new ASN1ObjectIdentifier("1.2.3"));

        assertThat(failure(generator
                        .generate(NISTObjectIdentifiers.id_sha256, DIGEST)
                        .getEncoded()))
                .isEqualTo(PKIFailureInfo.unacceptedPolicy);
    }

    @Test
    void refusesExtensionsThatItDoesNotKnow() throws Exception {
        TimeStampRequestGenerator generator = asking();
        generator.addExtension(new ASN1ObjectIdentifier("1.2.3.4"), true, new byte[] {5, 0});

        assertThat(failure(generator
                        .generate(NISTObjectIdentifiers.id_sha256, DIGEST)
                        .getEncoded()))
                .isEqualTo(PKIFailureInfo.unacceptedExtension);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nothing
                "MAA=", // an empty sequence
                "AQEA", // a boolean
                "MIIBAA==", // a sequence that is longer than the request
                "MIT/////", // one that is longer than memory
                "MAYCAQEwATA=", // an imprint cut short
                "MAYCAQIwATA=" // of version 2, cut short
            })
    void answersNonsenseByBadDataFormat(String request) {
        assertThat(failure(Base64.getDecoder().decode(request))).isEqualTo(PKIFailureInfo.badDataFormat);
    }

    @Test
    void refusesADigestOfTheWrongLengthAndAnEndlessNonce() throws Exception {
        byte[] oneMore =
                asking().generate(NISTObjectIdentifiers.id_sha256, new byte[33]).getEncoded();
        byte[] nonce = asking().generate(NISTObjectIdentifiers.id_sha256, DIGEST, BigInteger.ONE.shiftLeft(5000))
                .getEncoded();

        assertThat(failure(oneMore)).isEqualTo(PKIFailureInfo.badRequest);
        assertThat(failure(nonce)).isEqualTo(PKIFailureInfo.badRequest);
    }

    @Test
    void survivesNestingWithoutEnd() {
        byte[] nested = new byte[TsaHandler.LARGEST_REQUEST];
        for (int i = 0; i < nested.length; i += 2) {
            nested[i] = 0x30;
            nested[i + 1] = (byte) 0x80; // indefinite length
        }

        assertThat(failure(nested)).isEqualTo(PKIFailureInfo.badDataFormat);
    }

    @Test
    void refusesAKeyWhoseCertificateIsForSomethingElse() {
        new CodeSigningKeys(session).findOrCreate("code", SigningKey.P256, NAME);

        assertRefused(
                        Reason.KEY_FUNCTION_NOT_PERMITTED,
                        () -> TimestampAuthority.open(session, "code", TsaRules.usual()))
                .hasMessageContaining("timeStamping");
        assertRefused(Reason.KEY_NOT_FOUND, () -> TimestampAuthority.open(session, "nobody", TsaRules.usual()));
    }

    @Test
    void makesACertificateForTimestampsAlone() throws Exception {
        assertThat(certificate.getExtendedKeyUsage()).containsExactly(KeyPurposeId.id_kp_timeStamping.getId());
        assertThat(certificate.getCriticalExtensionOIDs()).contains("2.5.29.37", "2.5.29.15");
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
        assertThat(certificate.getSubjectX500Principal()).isEqualTo(NAME);
        certificate.verify(certificate.getPublicKey());
        assertRefused(Reason.ARGUMENT_INVALID, () -> new TsaKeys(session).make("tsa", P256, NAME))
                .hasMessageContaining("already");
    }

    @Test
    void doesNotSignAfterItsCertificateHasEnded() {
        Instant late = certificate.getNotAfter().toInstant().plusSeconds(1);

        assertRefused(Reason.KEY_NOT_VALID_NOW, () -> TsaKey.named("tsa", session, late));
        assertThat(TsaKey.named("tsa", session, late.minusSeconds(2)).certificate())
                .isEqualTo(certificate);
    }
}
