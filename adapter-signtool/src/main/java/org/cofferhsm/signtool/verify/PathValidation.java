package org.cofferhsm.signtool.verify;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;

/** Validates a chain at a moment (RFC 5280 §6.1); revocation and purposes are other matters. */
final class PathValidation {

    private PathValidation() {}

    /** What is wrong with a chain whose last certificate is the trusted one. */
    static List<Problem> problems(List<X509Certificate> path, Instant at) {
        X509Certificate trusted = path.get(path.size() - 1);
        try {
            trusted.checkValidity(Date.from(at));
            requireShort(path, trusted.getBasicConstraints());
            if (path.size() > 1) {
                validate(path, at);
            }
            return List.of();
        } catch (CertPathValidatorException e) {
            return List.of(new Problem(kind(e.getReason()), message(e, path)));
        } catch (CertificateException e) {
            return List.of(new Problem(
                    Problem.Kind.CERTIFICATE_EXPIRED,
                    "the certificate of \"" + trusted.getSubjectX500Principal() + "\" was not valid at " + at));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime cannot validate certificates", e);
        }
    }

    /** Java looks at no field of the trusted certificate but its key and whether it may issue others. */
    private static void requireShort(List<X509Certificate> path, int allowed) throws CertPathValidatorException {
        long between = path.stream()
                .limit(path.size() - 1L)
                .skip(1)
                .filter(one -> !one.getSubjectX500Principal().equals(one.getIssuerX500Principal()))
                .count();
        if (allowed >= 0 && between > allowed) {
            throw new CertPathValidatorException("its trusted certificate allows " + allowed + " issuers below it");
        }
    }

    private static void validate(List<X509Certificate> path, Instant at) throws GeneralSecurityException {
        TrustAnchor anchor = new TrustAnchor(path.get(path.size() - 1), null);
        PKIXParameters parameters = new PKIXParameters(Set.of(anchor));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(at));
        CertPathValidator.getInstance("PKIX")
                .validate(
                        CertificateFactory.getInstance("X.509").generateCertPath(path.subList(0, path.size() - 1)),
                        parameters);
    }

    private static Problem.Kind kind(CertPathValidatorException.Reason reason) {
        if (reason == BasicReason.EXPIRED || reason == BasicReason.NOT_YET_VALID) {
            return Problem.Kind.CERTIFICATE_EXPIRED;
        }
        return reason == BasicReason.ALGORITHM_CONSTRAINED ? Problem.Kind.ALGORITHM_WEAK : Problem.Kind.CHAIN_UNTRUSTED;
    }

    private static String message(CertPathValidatorException e, List<X509Certificate> path) {
        int index = Math.max(0, e.getIndex());
        return "the certificate of \"" + path.get(index).getSubjectX500Principal() + "\" is not acceptable: "
                + e.getMessage();
    }
}
