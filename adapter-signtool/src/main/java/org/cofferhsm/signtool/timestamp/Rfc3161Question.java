package org.cofferhsm.signtool.timestamp;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.asn1.cmp.PKIStatusInfo;
import org.bouncycastle.asn1.tsp.MessageImprint;
import org.bouncycastle.asn1.tsp.TSTInfo;
import org.bouncycastle.asn1.tsp.TimeStampReq;
import org.bouncycastle.asn1.tsp.TimeStampResp;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.signtool.authenticode.Decoding;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.verify.TimestampToken;

/**
 * A TimeStampReq (RFC 3161 §2.4.1), and whether a response answers it.
 *
 * @param value what the timestamp shall speak of
 * @param digest how it is hashed
 * @param nonce a number that nobody could know before
 */
record Rfc3161Question(byte[] value, DigestAlgorithm digest, BigInteger nonce, Optional<ASN1ObjectIdentifier> policy) {

    private static final String WHAT = "the timestamp response";
    private static final int NONCE_BITS = 128;

    static Rfc3161Question about(byte[] value, DigestAlgorithm digest, Optional<ASN1ObjectIdentifier> policy) {
        return new Rfc3161Question(value, digest, new BigInteger(NONCE_BITS, new SecureRandom()), policy);
    }

    byte[] encoded() {
        return Decoding.der(
                new TimeStampReq(imprint(), policy.orElse(null), new ASN1Integer(nonce), ASN1Boolean.TRUE, null));
    }

    private MessageImprint imprint() {
        return new MessageImprint(digest.identifier(), digest.digest(value));
    }

    /** The token of a response that answers this question; whether the token is good is not looked at here. */
    Octets token(byte[] response) throws TimestampException {
        TimeStampResp answer = Decoding.of(WHAT, () -> TimeStampResp.getInstance(Decoding.whole(WHAT, response)));
        requireGranted(answer.getStatus());
        if (answer.getTimeStampToken() == null) {
            throw new TimestampException("the authority grants a timestamp and sends none");
        }
        byte[] token = Decoding.dl(answer.getTimeStampToken());
        requireAnswer(TimestampToken.parse(token).info());
        return Octets.of(token);
    }

    private static void requireGranted(PKIStatusInfo info) throws TimestampException {
        int status = info.getStatus().intValue();
        if (status == PKIStatus.GRANTED || status == PKIStatus.GRANTED_WITH_MODS) {
            return;
        }
        String text = info.getStatusString() == null
                ? ""
                : ": " + String.join(" ", texts(info).toList());
        throw new TimestampException("the authority refuses by status " + status
                + (info.getFailInfo() == null ? "" : ", failure " + FailureNames.of(info.getFailInfo())) + text);
    }

    /** For a log that people read: nothing in it that moves a terminal's cursor. */
    private static Stream<String> texts(PKIStatusInfo info) {
        return Stream.of(info.getStatusString().toASN1Primitive())
                .map(Object::toString)
                .map(text -> text.replaceAll("\\p{Cntrl}", "?"));
    }

    private void requireAnswer(TSTInfo info) throws TimestampException {
        if (!info.getVersion().hasValue(1)) {
            throw new TimestampException("the token is of an unknown version, " + info.getVersion());
        }
        if (!Decoding.of(WHAT, () -> isSameImprint(info.getMessageImprint()))) {
            throw new TimestampException("the token speaks of something else than what was asked (imprint)");
        }
        if (info.getNonce() == null || !info.getNonce().hasValue(nonce)) {
            throw new TimestampException("the token is not an answer to this question (nonce)");
        }
        if (policy.isPresent() && !Objects.equals(policy.get(), info.getPolicy())) {
            throw new TimestampException(
                    "the token follows the policy " + info.getPolicy() + ", not " + policy.get() + " as was asked");
        }
    }

    private boolean isSameImprint(MessageImprint other) {
        return other.getHashAlgorithm().getAlgorithm().equals(digest.oid())
                && Octets.of(other.getHashedMessage()).equals(Octets.of(digest.digest(value)));
    }
}
