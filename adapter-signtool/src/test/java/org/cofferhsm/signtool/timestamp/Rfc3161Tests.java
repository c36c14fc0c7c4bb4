package org.cofferhsm.signtool.timestamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.tsp.MessageImprint;
import org.bouncycastle.asn1.tsp.TSTInfo;
import org.bouncycastle.asn1.tsp.TimeStampReq;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.testing.LoopbackServer;
import org.cofferhsm.signtool.testing.TestAuthority;
import org.cofferhsm.signtool.testing.TestSigner;
import org.junit.jupiter.api.Timeout;

/** An authority by RFC 3161 behind HTTP, which answers as a test wants, and a source that asks it. */
@Timeout(60)
abstract class Rfc3161Tests {

    static final TestSigner ROOT = TestSigner.root();
    static final TestAuthority AUTHORITY = TestAuthority.under(ROOT);
    static final TimestampRules RULES = TimestampRules.ANY_AUTHORITY.trusting(Set.of(ROOT.anchor()));
    static final ASN1ObjectIdentifier POLICY = new ASN1ObjectIdentifier("1.2.3.4.5");
    static final byte[] VALUE = {1, 2, 3};
    static final String REPLY = "application/timestamp-reply";
    static final int LIMIT = 20_000;

    /** What a token says. */
    record Said(MessageImprint imprint, Instant time, ASN1Integer nonce, ASN1ObjectIdentifier policy) {

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

    interface Answering {
        byte[] to(TimeStampReq request) throws Exception;
    }

    static LoopbackServer server(Answering answering) throws Exception {
        return LoopbackServer.answering(REPLY, body -> answering.to(TimeStampReq.getInstance(body)));
    }

    static Rfc3161Source source(String url, TimestampRules rules) {
        TimestampServer server = TimestampServer.at(url).within(Duration.ofSeconds(20), LIMIT);
        return new Rfc3161Source(server, DigestAlgorithm.SHA256, rules);
    }

    static String reasonOf(Rfc3161Source source) {
        TimestampException refusal = catchThrowableOfType(TimestampException.class, () -> source.token(VALUE));
        assertThat(refusal)
                .hasMessage("The specified timestamp server either could not be reached or returned an invalid"
                        + " response.");
        return refusal.reason();
    }

    static String reason(TimestampRules rules, Answering answering) throws Exception {
        try (LoopbackServer server = server(answering)) {
            String reason = reasonOf(source(server.url(), rules));
            assertThat(server.requests()).as("nothing is tried again").isOne();
            return reason;
        }
    }

    static String reason(Answering answering) throws Exception {
        return reason(RULES, answering);
    }

    static String reasonOfHttp(HttpHandler handler, Duration patience) throws Exception {
        try (LoopbackServer server = LoopbackServer.handling(handler)) {
            return reasonOf(new Rfc3161Source(
                    TimestampServer.at(server.url()).within(patience, LIMIT), DigestAlgorithm.SHA256, RULES));
        }
    }

    static byte[] good(TimeStampReq request) throws Exception {
        return AUTHORITY.response(Said.asAsked(request).info());
    }
}
