package org.cofferhsm.signtool.commandline.sign;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.cofferhsm.signtool.commandline.console.CertificateLines;
import org.cofferhsm.signtool.commandline.console.Failure;
import org.cofferhsm.signtool.commandline.console.FileOutcome;
import org.cofferhsm.signtool.commandline.console.Line;
import org.cofferhsm.signtool.timestamp.TimestampException;

/**
 * What is said of a file that was signed.
 *
 * @param failure why it has no timestamp although one was asked for
 */
record SigningOutcome(SignPlan plan, String name, Optional<TimestampException> failure) {

    /**
     * In lines and for programs.
     *
     * @param digest the file's digest as the signature names it
     * @param sha256 of the whole file before
     */
    FileOutcome of(String digest, String sha256) {
        return new FileOutcome(
                failure.isPresent() ? FileOutcome.Result.WARNED : FileOutcome.Result.DONE,
                lines(name, isStamped(), failure),
                facts(digest, sha256));
    }

    private boolean isStamped() {
        return plan.timestamper().isPresent() && failure.isEmpty();
    }

    /** What SignTool prints. */
    static List<Line> lines(String name, boolean isStamped, Optional<TimestampException> failure) {
        List<Line> lines = new ArrayList<>();
        lines.add(Line.debug("Attempting to sign: " + name));
        failure.ifPresent(e -> lines.addAll(List.of(
                Line.error(Failure.NO_TIMESTAMP),
                Line.debug("Reason: " + e.reason()),
                Line.warning("Signing succeeded, but an error occurred while attempting to\n\ttimestamp: " + name))));
        if (failure.isEmpty()) {
            lines.add(Line.plain("Successfully signed" + (isStamped ? " and timestamped" : "") + ": " + name));
        }
        return lines;
    }

    private Map<String, Object> facts(String digest, String sha256) {
        Map<String, Object> facts = new TreeMap<>();
        facts.put("file", name);
        facts.put("result", "signed");
        facts.put("digest", digest);
        facts.put("sha256_before", sha256);
        facts.put("timestamped", isStamped());
        facts.put("key", plan.key().alias());
        facts.put("certificate", CertificateLines.thumbprint(plan.template().signer()));
        return facts;
    }
}
