package org.cofferhsm.signtool.tsa;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;

/**
 * What an authority promises and accepts.
 *
 * @param policy the policy that every token names
 * @param accuracy how far its clock may be off, at the most; whole milliseconds
 * @param accepted the hash functions of requests
 */
public record TsaRules(ASN1ObjectIdentifier policy, Duration accuracy, Set<DigestAlgorithm> accepted) {

    /** Nobody registered a policy: an identifier made from a random UUID (X.667), the same everywhere. */
    public static final ASN1ObjectIdentifier UNREGISTERED_POLICY =
            new ASN1ObjectIdentifier("2.25.163857479413036066370947526993306979238");

    private static final Duration USUAL_ACCURACY = Duration.ofSeconds(1);
    private static final Duration LARGEST_ACCURACY = Duration.ofHours(1);

    public TsaRules {
        accepted = Set.copyOf(accepted);
        if (accuracy.compareTo(Duration.ofMillis(1)) < 0 || accuracy.compareTo(LARGEST_ACCURACY) > 0) {
            throw HsmException.argumentInvalid("the accuracy is one millisecond to one hour, not " + accuracy);
        }
    }

    /** One second, SHA-2, no registered policy. */
    public static TsaRules usual() {
        EnumSet<DigestAlgorithm> sha2 = EnumSet.complementOf(EnumSet.of(DigestAlgorithm.SHA1));
        return new TsaRules(UNREGISTERED_POLICY, USUAL_ACCURACY, sha2);
    }

    /** With another policy. */
    public TsaRules following(ASN1ObjectIdentifier other) {
        return new TsaRules(other, accuracy, accepted);
    }

    /** With another accuracy. */
    public TsaRules accurateTo(Duration other) {
        return new TsaRules(policy, other, accepted);
    }

    /** With SHA-1 accepted too, for programs that know nothing better. */
    public TsaRules allowingSha1() {
        return new TsaRules(policy, accuracy, EnumSet.allOf(DigestAlgorithm.class));
    }

    void require(TimestampRequest request) throws Refusal {
        if (!accepted.contains(request.digest())) {
            throw Refusal.badAlgorithm(request.digest().jcaName() + " is not accepted");
        }
        if (request.policy().filter(wanted -> !wanted.equals(policy)).isPresent()) {
            throw Refusal.unacceptedPolicy("the policy here is " + policy);
        }
    }
}
