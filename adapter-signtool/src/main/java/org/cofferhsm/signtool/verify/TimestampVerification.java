package org.cofferhsm.signtool.verify;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one timestamp is worth.
 *
 * @param kind how it was made
 * @param time what it says; empty when it says nothing readable
 * @param chain from the root to the authority's certificate, as far as it could be built
 * @param problems all that is wrong with it; empty for a good one
 */
public record TimestampVerification(
        Kind kind, Optional<Instant> time, List<X509Certificate> chain, List<Problem> problems) {

    public TimestampVerification {
        chain = List.copyOf(chain);
        problems = List.copyOf(problems);
    }

    /** The two kinds of timestamps, spelled as SignTool's table shows them. */
    public enum Kind {
        /** A token (RFC 3161). */
        RFC3161("RFC3161"),
        /** A countersignature (PKCS#9), from before RFC 3161. */
        AUTHENTICODE("Authenticode");

        private final String signToolName;

        Kind(String signToolName) {
            this.signToolName = signToolName;
        }

        /** What SignTool prints. */
        public String signToolName() {
            return signToolName;
        }
    }

    /** Whether nothing is wrong. */
    public boolean passed() {
        return problems.isEmpty();
    }
}
