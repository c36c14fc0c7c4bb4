package org.cofferhsm.signtool.verify;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for a chain from a signer's certificate to a trusted one and verifies it (RFC 5280 §6, by the JDK's PKIX).
 * Fetches nothing.
 *
 * @param anchors what chains may end in
 * @param revocation what is known of revoked certificates
 */
record Chains(Set<X509Certificate> anchors, RevocationLists revocation) {

    static Chains of(VerificationPolicy policy, Set<X509Certificate> anchors) {
        return new Chains(anchors, new RevocationLists(policy));
    }

    /**
     * Verifies.
     *
     * @param signer the signer's certificate, if there is one
     * @param others what travelled with the signature, good for nothing but building chains
     */
    ChainVerification verify(Optional<X509Certificate> signer, List<X509Certificate> others, Use use) {
        if (signer.isEmpty()) {
            return ChainVerification.NONE;
        }
        ChainSearch search = new ChainSearch(anchors, others);
        List<ChainVerification> results = new ArrayList<>();
        for (List<X509Certificate> path : search.from(signer.get())) {
            ChainVerification result = verify(path, use);
            if (result.passed()) {
                return result;
            }
            results.add(result);
        }
        return results.isEmpty() ? untrusted(search.longest(signer.get())) : results.get(0);
    }

    private ChainVerification verify(List<X509Certificate> path, Use use) {
        List<Problem> problems = new ArrayList<>(PathValidation.problems(path, use.at()));
        if (!use.purpose().isOf(path)) {
            problems.add(new Problem(
                    Problem.Kind.USAGE_WRONG,
                    "the certificate of " + name(path) + " is not for "
                            + use.purpose().words()));
        }
        problems.addAll(revocation.problems(path, use));
        return new ChainVerification(rootFirst(path), problems);
    }

    private static ChainVerification untrusted(List<X509Certificate> path) {
        X509Certificate last = path.get(path.size() - 1);
        return new ChainVerification(
                rootFirst(path),
                List.of(new Problem(
                        Problem.Kind.CHAIN_UNTRUSTED,
                        "the chain of " + name(path) + " ends in \"" + last.getSubjectX500Principal()
                                + "\", issued by \"" + last.getIssuerX500Principal() + "\", which is not trusted")));
    }

    private static String name(List<X509Certificate> path) {
        return "\"" + path.get(0).getSubjectX500Principal() + "\"";
    }

    private static List<X509Certificate> rootFirst(List<X509Certificate> path) {
        List<X509Certificate> reversed = new ArrayList<>(path);
        Collections.reverse(reversed);
        return reversed;
    }
}
