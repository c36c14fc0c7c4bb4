package org.cofferhsm.signtool.commandline.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Counts outcomes, and tells SignTool's summary and exit status from them: 0 done, 1 failed, 2 done with warnings. */
public final class Tally {

    private final String done;
    private final boolean countsWarnings;
    private final List<FileOutcome> outcomes = new ArrayList<>();
    private int additional;
    private int warnings;

    /**
     * Starts at zero.
     *
     * @param done what the summary calls a success: "files successfully Signed"
     * @param countsWarnings whether the verb knows warnings
     */
    public Tally(String done, boolean countsWarnings) {
        this.done = done;
        this.countsWarnings = countsWarnings;
    }

    public void add(FileOutcome outcome) {
        outcomes.add(outcome);
    }

    /** Successes beyond one for each file: {@code verify /all} counts signatures. */
    public void addSuccesses(int more) {
        additional += more;
    }

    /** Counts a warning that belongs to no file. */
    public void warn() {
        warnings++;
    }

    private long warnings() {
        return warnings + count(FileOutcome.Result.WARNED);
    }

    private long count(FileOutcome.Result result) {
        long count = 0;
        for (FileOutcome outcome : outcomes) {
            count += outcome.result() == result ? 1 : 0;
        }
        return count;
    }

    /** What SignTool prints at the end; without {@code /v} only what went wrong. */
    public List<Line> summary(boolean verbose) {
        long warnings = warnings();
        long errors = count(FileOutcome.Result.FAILED);
        List<Line> lines = new ArrayList<>();
        if (verbose) {
            lines.add(Line.plain("Number of " + done + ": " + successes()));
        }
        if (countsWarnings && (verbose || warnings > 0)) {
            lines.add(Line.plain("Number of warnings: " + warnings));
        }
        if (verbose || errors > 0) {
            lines.add(Line.plain("Number of errors: " + errors));
        }
        if (!lines.isEmpty()) {
            lines.add(0, Line.plain(""));
        }
        return lines;
    }

    private long successes() {
        return count(FileOutcome.Result.DONE) + count(FileOutcome.Result.WARNED) + additional;
    }

    public int exitStatus() {
        if (count(FileOutcome.Result.FAILED) > 0) {
            return ExitStatus.FAILED;
        }
        return warnings() > 0 ? ExitStatus.WARNED : ExitStatus.DONE;
    }

    /** The whole run for programs. */
    public Map<String, Object> facts() {
        return Map.of(
                "exit_status",
                exitStatus(),
                "successes",
                successes(),
                "warnings",
                warnings(),
                "skipped",
                count(FileOutcome.Result.SKIPPED),
                "errors",
                count(FileOutcome.Result.FAILED),
                "files",
                outcomes.stream().map(FileOutcome::facts).toList());
    }
}
