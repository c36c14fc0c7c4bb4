package org.cofferhsm.tde.preflight;

import java.util.Optional;
import org.cofferhsm.tde.OraCause;

/**
 * How one check came out.
 *
 * @param detail what was seen
 * @param fault what a DBA would see and what to do, when it failed
 */
public record Finding(Check check, Verdict verdict, String detail, Optional<Fault> fault) {

    /** How it stands. */
    public enum Verdict {
        PASSED,
        /** Oracle would fail here. */
        FAILED,
        /** It works here; something is worth knowing. */
        WARNING,
        /** It could not be made, or nobody asked for it. */
        SKIPPED
    }

    /**
     * A failure as a DBA meets it.
     *
     * @param cause none when Oracle gives no error: a session that hangs, say
     */
    public record Fault(Optional<OraCause> cause, String advice) {}

    static Finding passed(Check check, String detail) {
        return new Finding(check, Verdict.PASSED, detail, Optional.empty());
    }

    static Finding failed(Check check, String detail) {
        return failed(check, detail, new Fault(check.cause(), check.advice()));
    }

    static Finding failed(Check check, String detail, Fault fault) {
        return new Finding(check, Verdict.FAILED, detail, Optional.of(fault));
    }

    static Finding warning(Check check, String detail) {
        return new Finding(check, Verdict.WARNING, detail, Optional.empty());
    }

    static Finding skipped(Check check, String detail) {
        return new Finding(check, Verdict.SKIPPED, detail, Optional.empty());
    }
}
