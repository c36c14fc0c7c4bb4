package org.cofferhsm.signtool.timestamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import com.sun.net.httpserver.HttpHandler;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cmp.PKIFailureInfo;
import org.bouncycastle.asn1.cmp.PKIFreeText;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.asn1.cmp.PKIStatusInfo;
import org.bouncycastle.asn1.tsp.MessageImprint;
import org.bouncycastle.asn1.tsp.TSTInfo;
import org.bouncycastle.asn1.tsp.TimeStampReq;
import org.bouncycastle.asn1.tsp.TimeStampResp;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.util.CollectionStore;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.format.ContentOptions;
import org.cofferhsm.signtool.testing.LoopbackServer;
import org.cofferhsm.signtool.testing.TestAuthority;
import org.cofferhsm.signtool.testing.TestCertificate;
import org.cofferhsm.signtool.testing.TestSigner;
import org.cofferhsm.signtool.testing.TinyPe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class Rfc3161SourceTest {
    private static final TestSigner ROOT = TestSigner.root();
    private static final TestAuthority AUTHORITY = TestAuthority.under(ROOT);
    private static final TimestampRules RULES = TimestampRules.ANY_AUTHORITY.trusting(Set.of(ROOT.anchor()));
    private static final ASN1ObjectIdentifier POLICY = new ASN1ObjectIdentifier("1.2.3.4.5");
    private static final byte[] VALUE = {1, 2, 3};
    private static final String REPLY = "application/timestamp-reply";
    private static final int LIMIT = 20_000;

    /** What a token says. */
    private record Said(MessageImprint imprint, Instant time, ASN1Integer nonce, ASN1ObjectIdentifier policy) {

        static Said asAsked(TimeStampReq request) {
            return new Said(request.getMessageImprint(), Instant.now(), request.getNonce(), POLICY);
        }

        Said at(Instant other) {
            return new Said(imprint, other, nonce, policy);
        }

        Said about(DigestAlgorithm digest, byte[] value) {
            return new Said(new MessageImprint(digest.identifier(), digest.digest(value)), time, nonce, policy);
        }

        Said answering(ASN1Integer other) {
            return new Said(imprint, time, other, policy);
        }

        TSTInfo info() {
            ASN1GeneralizedTime gen = new ASN1GeneralizedTime(Date.from(time));
            return new TSTInfo(policy, imprint, new ASN1Integer(7), gen, null, null, nonce, null, null);
        }
    }

    private interface Answering {
        byte[] to(TimeStampReq request) throws Exception;
    }

    private static LoopbackServer server(Answering answering) throws Exception {
        return LoopbackServer.answering(REPLY, body -> answering.to(TimeStampReq.getInstance(body)));
    }

    private static Rfc3161Source source(String url, TimestampRules rules) {
        TimestampServer server = TimestampServer.at(url).within(Duration.ofSeconds(20), LIMIT);
        return new Rfc3161Source(server, DigestAlgorithm.SHA256, rules);
    }

    private static String reasonOf(Rfc3161Source source) {
        TimestampException refusal = catchThrowableOfType(TimestampException.class, () -> source.token(VALUE));
        assertThat(refusal)
                .hasMessage("The specified timestamp server either could not be reached or returned an invalid"
                        + " response.");
        return refusal.reason();
    }

    private static String reason(TimestampRules rules, Answering answering) throws Exception {
        try (LoopbackServer server = server(answering)) {
            String reason = reasonOf(source(server.url(), rules));
            assertThat(server.requests()).as("nothing is tried again").isOne();
            return reason;
        }
    }

    private static String reason(Answering answering) throws Exception {
        return reason(RULES, answering);
    }

    private static String reasonOfHttp(HttpHandler handler, Duration patience) throws Exception {
        try (LoopbackServer server = LoopbackServer.handling(handler)) {
            return reasonOf(new Rfc3161Source(
                    TimestampServer.at(server.url()).within(patience, LIMIT), DigestAlgorithm.SHA256, RULES));
        }
    }

    private static byte[] good(TimeStampReq request) throws Exception {
        return AUTHORITY.response(Said.asAsked(request).info());
    }

    @Test
    void putsAGoodTokenIntoTheSignature(@TempDir Path directory) throws Exception {
        Path file = TinyPe.withOverlay(3).write(directory.resolve("tiny.exe"));
        AuthenticodeSignature signature = TestSigner.ofCode(TestCertificate.ec("secp256r1"))
                .signature(file, ContentOptions.of(DigestAlgorithm.SHA256));

        try (LoopbackServer server = server(Rfc3161SourceTest::good)) {
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
        assertThat(reason(RULES.asking(new ASN1ObjectIdentifier("1.2.3.9")), Rfc3161SourceTest::good))
                .contains("policy", "1.2.3.9");
    }

    @Test
    void refusesAnAuthorityWhoseCertificateIsForCode() throws Exception {
        KeyPair pair = TestCertificate.rsa(2048);
        TestAuthority coder = new TestAuthority(ROOT.issue(
                pair.getPrivate(),
                TestCertificate.of("Example Releases", pair.getPublic()).forCode()));
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

    @Test
    void givesUpOnAnAnswerThatIsTooLong() throws Exception {
        assertThat(reason(request -> new byte[LIMIT + 1])).contains("longer than " + LIMIT);
    }

    @Test
    void givesUpOnAnAnswerThatNeverEnds() throws Exception {
        String reason = reasonOfHttp(
                exchange -> {
                    exchange.getResponseHeaders().set("Content-Type", REPLY);
                    exchange.sendResponseHeaders(200, 0);
                    byte[] block = new byte[1000];
                    while (true) { // until the client breaks off
                        exchange.getResponseBody().write(block);
                        exchange.getResponseBody().flush();
                    }
                },
                Duration.ofSeconds(30));
        assertThat(reason).contains("longer than " + LIMIT);
    }

    @Test
    void givesUpOnSilenceAndOnHalfAnAnswer() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try {
            assertThat(reasonOfHttp(exchange -> await(over), Duration.ofSeconds(1)))
                    .contains("within 1 s");
            assertThat(reasonOfHttp(
                            exchange -> {
                                exchange.getResponseHeaders().set("Content-Type", REPLY);
                                exchange.sendResponseHeaders(200, 500);
                                exchange.getResponseBody().write(0x30);
                                exchange.getResponseBody().flush();
                                await(over);
                            },
                            Duration.ofSeconds(1)))
                    .contains("within 1 s");
        } finally {
            over.countDown();
        }
    }

    private static void await(CountDownLatch over) {
        try {
            assertThat(over.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) { // the server is closed
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void takesNoHttpErrorForAnAnswer() throws Exception {
        assertThat(reasonOfHttp(
                        exchange -> {
                            exchange.sendResponseHeaders(500, -1);
                            exchange.close();
                        },
                        Duration.ofSeconds(20)))
                .contains("HTTP status 500");
    }

    @Test
    void followsNoRedirection() throws Exception {
        try (LoopbackServer other = server(Rfc3161SourceTest::good)) {
            String reason = reasonOfHttp(
                    exchange -> {
                        exchange.getResponseHeaders().set("Location", other.url());
                        exchange.sendResponseHeaders(307, -1);
                        exchange.close();
                    },
                    Duration.ofSeconds(20));

            assertThat(reason).contains("HTTP status 307");
            assertThat(other.requests()).isZero();
        }
    }

    @Test
    void wantsTheContentTypeOfTheProtocol() throws Exception {
        try (LoopbackServer server =
                LoopbackServer.answering("text/html", body -> good(TimeStampReq.getInstance(body)))) {
            assertThat(reasonOf(source(server.url(), RULES))).contains("text/html");
        }
    }

    @Test
    void saysThatNobodyListens() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThat(reasonOf(source("http://127.0.0.1:" + port + "/", RULES))).contains("cannot be reached");
    }

    @Test
    void refusesAddressesThatAreNone() {
        for (String text : List.of("ftp://example.test/", "file:///etc/passwd", "http:", "not an address", "")) {
            assertRefused(Reason.ARGUMENT_INVALID, () -> TimestampServer.at(text));
        }
    }
}
