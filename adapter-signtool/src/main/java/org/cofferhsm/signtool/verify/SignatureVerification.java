package org.cofferhsm.signtool.verify;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.cofferhsm.signtool.format.ContentCheck;

/**
 * What one signature is worth.
 *
 * @param index 0 for the primary signature, then the nested ones
 * @param signature the signature itself: digest algorithm, description, certificates
 * @param content whether the file is what was signed; empty when the signature's content could not be understood, which
 *     is then among the problems
 * @param chain from the root to the signer's certificate, as far as it could be built
 * @param timestamps its timestamps, RFC 3161 and legacy, good and bad
 * @param validAt the moment for which the chain was judged: the timestamp's when a good one is there, otherwise the
 *     verifier's own
 * @param problems all that is wrong, its timestamps' problems included; empty for a good signature
 */
public record SignatureVerification(
        int index,
        AuthenticodeSignature signature,
        Optional<ContentCheck> content,
        List<X509Certificate> chain,
        List<TimestampVerification> timestamps,
        Instant validAt,
        List<Problem> problems) {

    public SignatureVerification {
        chain = List.copyOf(chain);
        timestamps = List.copyOf(timestamps);
        problems = List.copyOf(problems);
    }

    /** Whether nothing is wrong. */
    public boolean passed() {
        return problems.isEmpty();
    }

    /** Whether a timestamp that can be trusted says when this was signed. */
    public boolean isTimestamped() {
        return timestamps.stream().anyMatch(TimestampVerification::passed);
    }

    /** Whether this is wrong with it. */
    public boolean has(Problem.Kind kind) {
        return problems.stream().anyMatch(problem -> problem.kind() == kind);
    }
}
