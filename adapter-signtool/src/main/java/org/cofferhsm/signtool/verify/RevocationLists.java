package org.cofferhsm.signtool.verify;

import java.security.GeneralSecurityException;
import java.security.cert.CRLReason;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What revocation lists from files say about a chain (RFC 5280 §5, §6.3). A list counts when the certificate's issuer
 * signed it. A certificate that was revoked after it was used stays good for that use; that of a timestamp only if its key
 * did not get into other hands, as these could put any time into a timestamp.
 */
record RevocationLists(List<X509CRL> lists, boolean required, Instant now) {

    private static final int CRL_SIGN = 6;
    /** A delta list tells of some revocations only. */
    private static final String DELTA = "2.5.29.27";
    /** So does the list of a distribution point of its own. */
    private static final String PARTITION = "2.5.29.28";
    /** With these, an authority's key stays its own (RFC 3161 §4). */
    private static final Set<CRLReason> IN_ORDER = Set.of(
            CRLReason.UNSPECIFIED,
            CRLReason.AFFILIATION_CHANGED,
            CRLReason.SUPERSEDED,
            CRLReason.CESSATION_OF_OPERATION);

    RevocationLists(VerificationPolicy policy) {
        this(policy.crls(), policy.revocation() == VerificationPolicy.Revocation.REQUIRED, policy.now());
    }

    /** What is wrong with a chain, the signer first and the trusted certificate last, for a use at that time. */
    List<Problem> problems(List<X509Certificate> path, Use use) {
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i + 1 < path.size(); i++) {
            problem(path.get(i), path.get(i + 1), use).ifPresent(problems::add);
        }
        return problems;
    }

    private Optional<Problem> problem(X509Certificate certificate, X509Certificate issuer, Use use) {
        List<X509CRL> applicable =
                lists.stream().filter(list -> isBy(list, issuer)).toList();
        Optional<Instant> revoked = applicable.stream()
                .flatMap(list -> Optional.ofNullable(list.getRevokedCertificate(certificate)).stream())
                .filter(entry -> concerns(entry, use))
                .map(X509CRLEntry::getRevocationDate)
                .map(Date::toInstant)
                .findFirst();
        if (revoked.isPresent()) {
            return Optional.of(new Problem(
                    Problem.Kind.CERTIFICATE_REVOKED,
                    "the certificate of \"" + certificate.getSubjectX500Principal() + "\" was revoked at "
                            + revoked.get()));
        }
        boolean known = applicable.stream().anyMatch(list -> covers(list, use.at()));
        return required && !known ? Optional.of(unknown(certificate)) : Optional.empty();
    }

    private static boolean concerns(X509CRLEntry entry, Use use) {
        boolean before = !entry.getRevocationDate().toInstant().isAfter(use.at());
        CRLReason reason = entry.getRevocationReason();
        boolean inOrder = reason != null && IN_ORDER.contains(reason);
        return before || use.purpose() == Purpose.TIMESTAMPING && !inOrder;
    }

    private static Problem unknown(X509Certificate certificate) {
        return new Problem(
                Problem.Kind.REVOCATION_UNKNOWN,
                "no current revocation list covers the certificate of \"" + certificate.getSubjectX500Principal()
                        + "\"");
    }

    /** A list made after the use tells of it for ever; an older one until it is due to be renewed. */
    private boolean covers(X509CRL list, Instant usedAt) {
        boolean current =
                list.getNextUpdate() == null || list.getNextUpdate().toInstant().isAfter(now);
        boolean complete = list.getExtensionValue(DELTA) == null
                && list.getExtensionValue(PARTITION) == null
                && !list.hasUnsupportedCriticalExtension();
        return complete && (current || list.getThisUpdate().toInstant().isAfter(usedAt));
    }

    private static boolean isBy(X509CRL list, X509Certificate issuer) {
        boolean[] usage = issuer.getKeyUsage();
        boolean maySign = usage == null || usage[CRL_SIGN];
        return maySign
                && list.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())
                && isSigned(list, issuer);
    }

    private static boolean isSigned(X509CRL list, X509Certificate issuer) {
        try {
            list.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false; // by another key under the same name
        }
    }
}
