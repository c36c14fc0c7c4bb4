package org.cofferhsm.signtool.timestamp;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cmp.PKIFailureInfo;
import org.bouncycastle.asn1.cmp.PKIFreeText;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.asn1.cmp.PKIStatusInfo;
import org.bouncycastle.asn1.tsp.TSTInfo;
import org.bouncycastle.asn1.tsp.TimeStampReq;
import org.bouncycastle.asn1.tsp.TimeStampResp;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.util.CollectionStore;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.format.ContentOptions;
import org.cofferhsm.signtool.testing.LoopbackServer;
import org.cofferhsm.signtool.testing.TestAuthority;
import org.cofferhsm.signtool.testing.TestCertificate;
import org.cofferhsm.signtool.testing.TestSigner;
import org.cofferhsm.signtool.testing.TinyPe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of an authority by RFC 3161, and which of its answers are refused. */
class Rfc3161SourceTest extends Rfc3161Tests {

    @Test
    void putsAGoodTokenIntoTheSignature(@TempDir Path directory) throws Exception {
        Path file = TinyPe.withOverlay(3).write(directory.resolve("tiny.exe"));
        AuthenticodeSignature signature = TestSigner.ofCode(TestCertificate.ec("secp256r1"))
                .signature(file, ContentOptions.of(DigestAlgorithm.SHA256));

        try (LoopbackServer server = server(Rfc3161Tests::good)) {
            AuthenticodeSignature stamped = source(server.url(), RULES).stamp(signature);

            assertThat(stamped.timestampTokens()).hasSize(1);
            assertThat(stamped.signatureValue()).isEqualTo(signature.signatureValue());
            assertThat(RULES.verifier(Optional.empty())
                            .token(stamped.timestampTokens().get(0), signature.signatureValue(), List.of())
                            .problems())
                    .isEmpty();
        }
    }

    @Test
    void asksForTheCertificateWithAnotherNonceEachTime() throws Exception {
        List<TimeStampReq> asked = new ArrayList<>();
        try (LoopbackServer server = server(request -> {
            asked.add(request);
            return good(request);
        })) {
            Rfc3161Source source = source(server.url(), RULES.asking(POLICY));
            source.token(VALUE);
            source.token(VALUE);
        }

        assertThat(asked).allSatisfy(request -> {
            assertThat(request.getCertReq().isTrue()).isTrue();
            assertThat(request.getReqPolicy()).isEqualTo(POLICY);
            assertThat(request.getMessageImprint().getHashedMessage()).isEqualTo(DigestAlgorithm.SHA256.digest(VALUE));
        });
        Set<BigInteger> nonces = new HashSet<>();
        asked.forEach(request -> nonces.add(request.getNonce().getValue()));
        assertThat(nonces).hasSize(2).allMatch(nonce -> nonce.bitLength() > 64);
    }

    @Test
    void acceptsAnAuthorityThatDoesNotMarkItsPurposeAsCritical() throws Exception {
        TestAuthority old = authority(ROOT, false);
        try (LoopbackServer server =
                server(request -> old.response(Said.asAsked(request).info()))) {
            assertThat(source(server.url(), RULES).token(VALUE).isEmpty()).isFalse();
        }
    }

    private static TestAuthority authority(TestSigner root, boolean critical) {
        KeyPair pair = TestCertificate.rsa(2048);
        return new TestAuthority(root.issue(
                pair.getPrivate(),
                TestCertificate.of("Timestamps", pair.getPublic()).forTimestamps(critical)));
    }

    @Test
    void refusesATokenWithAFlippedBitInItsSignature() throws Exception {
        assertThat(reason(request -> {
                    byte[] response = good(request);
                    response[response.length - 1] ^= 1;
                    return response;
                }))
                .contains("was not made by the key");
    }

    @Test
    void refusesAnAnswerToAnotherQuestion() throws Exception {
        ASN1Integer other = new ASN1Integer(4711);
        assertThat(reason(request -> AUTHORITY.response(
                        Said.asAsked(request).answering(other).info())))
                .contains("nonce");
        assertThat(reason(request -> AUTHORITY.response(new TSTInfo(
                        POLICY,
                        request.getMessageImprint(),
                        new ASN1Integer(7),
                        new ASN1GeneralizedTime(new Date()),
                        null,
                        null,
                        null,
                        null,
                        null))))
                .contains("nonce");
    }

    @Test
    void refusesATokenOfSomethingElse() throws Exception {
        assertThat(reason(request -> AUTHORITY.response(Said.asAsked(request)
                        .about(DigestAlgorithm.SHA256, new byte[] {9})
                        .info())))
                .contains("imprint");
        assertThat(reason(request -> AUTHORITY.response(Said.asAsked(request)
                        .about(DigestAlgorithm.SHA512, VALUE)
                        .info())))
                .contains("imprint");
    }

    @Test
    void refusesAnotherPolicyThanTheOneAskedFor() throws Exception {
        assertThat(reason(RULES.asking(new ASN1ObjectIdentifier("1.2.3.9")), Rfc3161Tests::good))
                .contains("policy", "1.2.3.9");
    }

    @Test
    void refusesAnAuthorityWhoseCertificateIsForCode() throws Exception {
        KeyPair pair = TestCertificate.rsa(2048);
        TestAuthority coder = new TestAuthority(ROOT.issueForCode(pair));
        Answering answering = request -> coder.response(Said.asAsked(request).info());

        assertThat(reason(answering)).contains("is not for timestamps");
        assertThat(reason(TimestampRules.ANY_AUTHORITY, answering)).contains("is not for timestamps");
    }

    @Test
    void asksForTheChainOnlyWhereSomebodySaidWhatToTrust() throws Exception {
        TestAuthority stranger = authority(TestSigner.root("Another Root", TestCertificate.ec("secp256r1")), true);
        Answering answering = request -> stranger.response(Said.asAsked(request).info());

        assertThat(reason(answering)).contains("not trusted");
        try (LoopbackServer server = server(answering)) {
            assertThat(source(server.url(), TimestampRules.ANY_AUTHORITY)
                            .token(VALUE)
                            .isEmpty())
                    .isFalse();
        }
    }

    @Test
    void refusesATokenThatNamesAnotherCertificate() throws Exception {
        assertThat(reason(request -> TestAuthority.response(
                        AUTHORITY.token(Said.asAsked(request).info(), ROOT.certificate()))))
                .contains("ESSCertID");
    }

    @Test
    void refusesATokenWithoutItsCertificate() throws Exception {
        assertThat(reason(request -> TestAuthority.response(CMSSignedData.replaceCertificatesAndCRLs(
                        AUTHORITY.token(
                                Said.asAsked(request).info(), AUTHORITY.signer().certificate()),
                        new CollectionStore<>(List.of()),
                        new CollectionStore<>(List.of()),
                        new CollectionStore<>(List.of())))))
                .contains("does not bring its signer's certificate");
    }

    @Test
    void refusesATimeThatIsNotNow() throws Exception {
        Duration off = Duration.ofMinutes(10);
        assertThat(reason(request -> AUTHORITY.response(
                        Said.asAsked(request).at(Instant.now().minus(off)).info())))
                .contains("seconds apart");
        assertThat(reason(request -> AUTHORITY.response(
                        Said.asAsked(request).at(Instant.now().plus(off)).info())))
                .contains("from the future");
        try (LoopbackServer server = server(request -> AUTHORITY.response(
                Said.asAsked(request).at(Instant.now().minus(off)).info()))) {
            TimestampRules lax = RULES.tolerating(Duration.ofHours(1));
            assertThat(source(server.url(), lax).token(VALUE).isEmpty()).isFalse();
        }
    }

    @Test
    void tellsWhyTheAuthorityRefuses() throws Exception {
        assertThat(reason(request -> new TimeStampResp(
                                new PKIStatusInfo(
                                        PKIStatus.rejection,
                                        new PKIFreeText("not \u0007today"),
                                        new PKIFailureInfo(PKIFailureInfo.timeNotAvailable)),
                                null)
                        .getEncoded()))
                .contains("status 2", "timeNotAvailable", "not ?today");
    }

    @Test
    void refusesWhatIsNoResponse() throws Exception {
        assertThat(reason(request -> new TimeStampResp(new PKIStatusInfo(PKIStatus.granted), null).getEncoded()))
                .contains("sends none");
        assertThat(reason(request -> new byte[0])).contains("malformed");
        assertThat(reason(request -> new byte[] {0x30, 0x03, 0x02, 0x01, 0x00})).contains("malformed");
        assertThat(reason(request -> {
                    byte[] response = good(request);
                    return Arrays.copyOf(response, response.length + 1);
                }))
                .contains("malformed");
    }

    @Test
    void survivesNestingWithoutEnd() throws Exception {
        byte[] nested = new byte[200_000];
        for (int i = 0; i < nested.length; i += 2) {
            nested[i] = 0x30;
            nested[i + 1] = (byte) 0x80; // indefinite length
        }
        try (LoopbackServer server = server(request -> nested)) {
            assertThat(reasonOf(new Rfc3161Source(TimestampServer.at(server.url()), DigestAlgorithm.SHA256, RULES)))
                    .contains("malformed");
        }
    }
}
