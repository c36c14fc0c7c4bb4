package org.cofferhsm.signtool.timestamp;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.cofferhsm.signtool.verify.Problem;
import org.cofferhsm.signtool.verify.TimestampVerification;
import org.cofferhsm.signtool.verify.TimestampVerifier;
import org.cofferhsm.signtool.verify.VerificationPolicy;

/**
 * What a fresh timestamp must be to be believed.
 *
 * @param anchors what the authority's chain must end in; without any, the chain is not looked at, but its certificate is
 * @param policy the policy that the authority must follow (RFC 3161 §2.4.1), if one is wanted
 * @param tolerance how far its clock may be from ours
 * @param clock our clock
 */
public record TimestampRules(
        Set<X509Certificate> anchors, Optional<ASN1ObjectIdentifier> policy, Duration tolerance, Clock clock) {

    /** More than clocks that are kept right differ by, and a slow answer takes. */
    public static final Duration USUAL_TOLERANCE = Duration.ofMinutes(5);

    /** Any authority with a certificate for it. */
    public static final TimestampRules ANY_AUTHORITY =
            new TimestampRules(Set.of(), Optional.empty(), USUAL_TOLERANCE, Clock.systemUTC());

    public TimestampRules {
        anchors = Set.copyOf(anchors);
    }

    /** With these certificates as the only ones that chains may end in. */
    public TimestampRules trusting(Set<X509Certificate> trusted) {
        return new TimestampRules(trusted, policy, tolerance, clock);
    }

    /** Asking for this policy. */
    public TimestampRules asking(ASN1ObjectIdentifier wanted) {
        return new TimestampRules(anchors, Optional.of(wanted), tolerance, clock);
    }

    /** With clocks allowed to differ by so much. */
    public TimestampRules tolerating(Duration difference) {
        return new TimestampRules(anchors, policy, difference, clock);
    }

    /**
     * What verifies.
     *
     * @param authority its certificate, which stands for its chain where nobody said what to trust
     */
    TimestampVerifier verifier(Optional<X509Certificate> authority) {
        Set<X509Certificate> trusted =
                anchors.isEmpty() ? Set.copyOf(authority.stream().toList()) : anchors;
        return new TimestampVerifier(VerificationPolicy.trusting(trusted, clock.instant()));
    }

    void require(TimestampVerification result) throws TimestampException {
        List<Problem> problems = result.problems();
        if (!problems.isEmpty()) {
            throw new TimestampException("the timestamp is not to be believed: "
                    + String.join("; ", problems.stream().map(Problem::message).toList()));
        }
        requireNear(result.time().orElseThrow());
    }

    private void requireNear(Instant time) throws TimestampException {
        Instant now = clock.instant();
        if (Duration.between(time, now).abs().compareTo(tolerance) > 0) {
            throw new TimestampException("the timestamp says " + time + " where it is " + now + ": more than "
                    + tolerance.toSeconds() + " seconds apart");
        }
    }
}
