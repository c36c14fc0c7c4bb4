package org.cofferhsm.signtool.verify;

import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;

/**
 * What revocation lists from files say about a chain (RFC 5280 §5, §6.3). A list counts when the certificate's issuer
 * signed it. A certificate that was revoked after it was used stays good for that use.
 */
record RevocationLists(List<X509CRL> lists, boolean required, Instant now) {

    private static final int CRL_SIGN = 6;
    /** A delta list tells of some revocations only. */
    private static final String DELTA = "2.5.29.27";
    /** So does the list of a distribution point of its own. */
    private static final String PARTITION = "2.5.29.28";

    RevocationLists(VerificationPolicy policy) {
        this(policy.crls(), policy.revocation() == VerificationPolicy.Revocation.REQUIRED, policy.now());
    }

    /** What is wrong with a chain, the signer first and the trusted certificate last, for a use at that time. */
    List<Problem> problems(List<X509Certificate> path, Instant usedAt) {
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i + 1 < path.size(); i++) {
            problem(path.get(i), path.get(i + 1), usedAt).ifPresent(problems::add);
        }
        return problems;
    }

    private Optional<Problem> problem(X509Certificate certificate, X509Certificate issuer, Instant usedAt) {
        List<X509CRL> applicable =
                lists.stream().filter(list -> isBy(list, issuer)).toList();
        Optional<Instant> revoked = applicable.stream()
                .flatMap(list -> Optional.ofNullable(list.getRevokedCertificate(certificate)).stream())
                .map(X509CRLEntry::getRevocationDate)
                .map(Date::toInstant)
                .filter(date -> !date.isAfter(usedAt))
                .findFirst();
        if (revoked.isPresent()) {
            return Optional.of(new Problem(
                    Problem.Kind.CERTIFICATE_REVOKED,
                    "the certificate of \"" + certificate.getSubjectX500Principal() + "\" was revoked at "
                            + revoked.get()));
        }
        boolean known = applicable.stream().anyMatch(list -> covers(list, usedAt));
        return required && !known ? Optional.of(unknown(certificate)) : Optional.empty();
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
        boolean complete = list.getExtensionValue(DELTA) == null && list.getExtensionValue(PARTITION) == null;
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
