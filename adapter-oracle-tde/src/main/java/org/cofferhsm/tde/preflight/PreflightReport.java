package org.cofferhsm.tde.preflight;

import java.util.List;
import java.util.Optional;
import org.cofferhsm.tde.preflight.Finding.Verdict;

/** All findings, in the order of the checks. */
public record PreflightReport(List<Finding> findings) {

    public PreflightReport {
        findings = List.copyOf(findings);
    }

    /** Whether nothing failed; what was skipped is not known. */
    public boolean passed() {
        return findings.stream().noneMatch(finding -> finding.verdict() == Verdict.FAILED);
    }

    /** The finding of one check. */
    public Optional<Finding> of(Check check) {
        return findings.stream().filter(finding -> finding.check() == check).findFirst();
    }

    /** How many came out so. */
    public long count(Verdict verdict) {
        return findings.stream().filter(finding -> finding.verdict() == verdict).count();
    }
}
