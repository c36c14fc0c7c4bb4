package org.cofferhsm.signtool.verify;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds chains from a certificate to trusted ones by names and signatures. Bounded: certificates that travel with a
 * signature may be as many and as entangled as an attacker likes.
 */
final class ChainSearch {

    private static final int LONGEST = 10;
    private static final int MOST_STEPS = 200;
    private static final int MOST_PATHS = 8;

    private final Set<X509Certificate> anchors;
    private final List<X509Certificate> others;
    private final List<List<X509Certificate>> found = new ArrayList<>();
    private List<X509Certificate> longest = List.of();
    private int steps;

    ChainSearch(Set<X509Certificate> anchors, List<X509Certificate> others) {
        this.anchors = anchors;
        this.others = others;
    }

    /** The chains, each from the certificate to a trusted one, both included; the first found first. */
    List<List<X509Certificate>> from(X509Certificate certificate) {
        extend(List.of(certificate));
        return List.copyOf(found);
    }

    /** Where no chain was found: how far the search came. */
    List<X509Certificate> longest(X509Certificate certificate) {
        return longest.isEmpty() ? List.of(certificate) : longest;
    }

    private void extend(List<X509Certificate> path) {
        X509Certificate last = path.get(path.size() - 1);
        longest = path.size() > longest.size() ? path : longest;
        if (anchors.contains(last)) {
            found.add(path);
            return;
        }
        Stream.concat(anchors.stream(), others.stream())
                .filter(issuer -> isNamed(issuer, last) && !path.contains(issuer))
                .takeWhile(issuer -> path.size() < LONGEST && found.size() < MOST_PATHS && ++steps <= MOST_STEPS)
                .filter(issuer -> isSigned(last, issuer))
                .forEach(issuer -> extend(with(path, issuer)));
    }

    private static boolean isNamed(X509Certificate issuer, X509Certificate certificate) {
        return issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    private static boolean isSigned(X509Certificate certificate, X509Certificate issuer) {
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false; // another certificate under the same name
        }
    }

    private static List<X509Certificate> with(List<X509Certificate> path, X509Certificate issuer) {
        return Stream.concat(path.stream(), Stream.of(issuer)).toList();
    }
}
