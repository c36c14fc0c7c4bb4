package org.cofferhsm.signtool.verify;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What a verifier trusts and asks for.
 *
 * @param anchors the certificates that a signer's chain may end in: roots, or any other certificate
 * @param timestampAnchors the same for timestamp authorities; usually the same certificates
 * @param crls revocation lists from files; the verifier fetches nothing
 * @param revocation what to do where no list covers a certificate
 * @param now the moment for which signatures without a timestamp are judged
 */
public record VerificationPolicy(
        Set<X509Certificate> anchors,
        Set<X509Certificate> timestampAnchors,
        List<X509CRL> crls,
        Revocation revocation,
        Instant now) {

    public VerificationPolicy {
        anchors = Set.copyOf(anchors);
        timestampAnchors = Set.copyOf(timestampAnchors);
        crls = List.copyOf(crls);
    }

    /** What to do where no revocation list covers a certificate. */
    public enum Revocation {
        /** Take it for not revoked; a list that is there still counts. */
        IF_KNOWN,
        /** Fail. */
        REQUIRED
    }

    /** Trusts these for signers and timestamps alike, without revocation lists. */
    public static VerificationPolicy trusting(Set<X509Certificate> anchors, Instant now) {
        return new VerificationPolicy(anchors, anchors, List.of(), Revocation.IF_KNOWN, now);
    }

    /** With these authorities trusted for timestamps. */
    public VerificationPolicy trustingForTimestamps(Set<X509Certificate> authorities) {
        return new VerificationPolicy(anchors, authorities, crls, revocation, now);
    }

    /** With revocation lists. */
    public VerificationPolicy with(List<X509CRL> lists, Revocation rule) {
        return new VerificationPolicy(anchors, timestampAnchors, lists, rule, now);
    }
}
