package org.cofferhsm.signtool.verify;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.cms.Time;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.signtool.authenticode.AttributeSet;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.cofferhsm.signtool.authenticode.Decoding;
import org.cofferhsm.signtool.authenticode.EmbeddedCertificates;
import org.cofferhsm.signtool.verify.TimestampVerification.Kind;

/** Says what timestamps are worth, those of a file as well as a fresh one that is about to be put into a file. */
public final class TimestampVerifier {

    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    /** One is usual; hostile signatures have room for millions. */
    private static final int MOST_TIMESTAMPS = 32;

    private final Chains chains;
    private final Instant now;

    public TimestampVerifier(VerificationPolicy policy) {
        this.chains = Chains.of(policy, policy.timestampAnchors());
        this.now = policy.now();
    }

    /** All timestamps of a signature: the tokens, then the countersignatures. */
    List<TimestampVerification> verify(AuthenticodeSignature signature) {
        List<Octets> tokens = signature.timestampTokens();
        List<SignerInfo> counterSignatures = signature.counterSignatures();
        if (tokens.size() + counterSignatures.size() > MOST_TIMESTAMPS) {
            throw HsmException.dataInvalid("the signature has more than " + MOST_TIMESTAMPS + " timestamps");
        }
        byte[] value = signature.signatureValue();
        List<X509Certificate> certificates = signature.certificates();
        return Stream.concat(
                        tokens.stream().map(token -> token(token, value, certificates)),
                        counterSignatures.stream().map(one -> counterSignature(one, value, certificates)))
                .toList();
    }

    /**
     * An RFC 3161 token: imprint, signature, the authority's certificate with its chain and purpose at the token's
     * time.
     *
     * @param token a ContentInfo
     * @param value the signature value that it must speak of
     * @param more certificates beyond those in the token, for building chains
     */
    public TimestampVerification token(Octets token, byte[] value, List<X509Certificate> more) {
        return guarded(Kind.RFC3161, () -> {
            TimestampToken read = TimestampToken.parse(token.toByteArray());
            List<Problem> problems = new ArrayList<>(read.problems(value));
            List<X509Certificate> others = Stream.concat(read.signature().certificates().stream(), more.stream())
                    .toList();
            return judge(new Claim(Kind.RFC3161, read.time(), read.signature().signerCertificate(), problems), others);
        });
    }

    /**
     * A legacy countersignature.
     *
     * @param signer the countersignature
     * @param value the signature value that it must speak of
     * @param certificates those that travel with the signature, the authority's among them
     */
    public TimestampVerification counterSignature(SignerInfo signer, byte[] value, List<X509Certificate> certificates) {
        return guarded(Kind.AUTHENTICODE, () -> {
            Optional<X509Certificate> authority = EmbeddedCertificates.of(signer.getSID(), certificates);
            List<Problem> problems = new ArrayList<>(
                    SignerCheck.ofCounterSignature(signer, authority, value).problems());
            return judge(new Claim(Kind.AUTHENTICODE, signingTime(signer), authority, problems), certificates);
        });
    }

    private static Instant signingTime(SignerInfo signer) {
        return Decoding.of(
                "the countersignature's time",
                () -> AttributeSet.of(signer.getAuthenticatedAttributes())
                        .value(CMSAttributes.signingTime)
                        .map(value -> Time.getInstance(value).getDate().toInstant())
                        .orElseThrow(() -> new IllegalArgumentException("it is missing")));
    }

    /** What a timestamp claims, and what is wrong already before its chain is looked at. */
    private record Claim(Kind kind, Instant time, Optional<X509Certificate> authority, List<Problem> problems) {}

    private TimestampVerification judge(Claim claim, List<X509Certificate> others) {
        List<Problem> problems = new ArrayList<>(claim.problems());
        if (claim.time().isAfter(now.plus(CLOCK_SKEW))) {
            problems.add(new Problem(
                    Problem.Kind.TIMESTAMP_INVALID, "it is from the future, " + claim.time() + "; it is " + now));
        }
        ChainVerification chain = chains.verify(claim.authority(), others, new Use(Purpose.TIMESTAMPING, claim.time()));
        problems.addAll(chain.problems());
        return new TimestampVerification(claim.kind(), Optional.of(claim.time()), chain.chain(), problems);
    }

    private static TimestampVerification guarded(Kind kind, Decoding.Step<TimestampVerification> step) {
        try {
            return Decoding.of("the timestamp", step);
        } catch (HsmException e) {
            return new TimestampVerification(kind, Optional.empty(), List.of(), List.of(Problem.malformed(e)));
        }
    }
}
