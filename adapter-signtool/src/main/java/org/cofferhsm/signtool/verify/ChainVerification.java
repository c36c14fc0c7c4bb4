package org.cofferhsm.signtool.verify;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What a signer's chain is worth.
 *
 * @param chain from the root to the signer, as far as it could be built
 */
record ChainVerification(List<X509Certificate> chain, List<Problem> problems) {

    /** Nothing to say: that the signer's certificate is missing was said elsewhere. */
    static final ChainVerification NONE = new ChainVerification(List.of(), List.of());

    boolean passed() {
        return problems.isEmpty();
    }
}
