package org.cofferhsm.tde.preflight;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cofferhsm.tde.OraCause;
import org.cofferhsm.tde.preflight.Finding.Fault;

/** Listens to one child until it pauses or ends, and makes findings of what it says. */
final class Hearing {

    private static final int KILLED = 128;

    private final Child child;
    private final List<Finding> findings = new ArrayList<>();
    private final List<Witness> witnesses = new ArrayList<>();
    private Optional<Check> running = Optional.empty();
    private Check last = Check.LOAD;

    Hearing(Child child) {
        this.child = child;
    }

    /** Listens until the child waits; false when it ended or hangs. */
    boolean untilPause() {
        while (true) {
            Event event = child.next();
            if (event instanceof Event.Paused) {
                return true;
            }
            if (!hear(event)) {
                return false;
            }
        }
    }

    /** Whether there is more to come. */
    private boolean hear(Event event) {
        if (event instanceof Event.Began began) {
            running = Optional.of(began.check());
            last = began.check();
        } else if (event instanceof Event.Passed passed) {
            end(Finding.passed(passed.check(), passed.text()));
        } else if (event instanceof Event.Failed failed) {
            end(Finding.failed(failed.check(), failed.text()));
        } else if (event instanceof Event.Saw saw) {
            witnesses.add(saw.witness());
        } else if (event instanceof Event.Ended ended) {
            if (running.isPresent() || ended.status() != 0) {
                end(crashed(last, ended.status()));
            }
            return false;
        } else {
            running.ifPresent(check -> end(hanging(check)));
            return false;
        }
        return true;
    }

    private void end(Finding finding) {
        running = Optional.empty();
        findings.add(finding);
    }

    private static Finding crashed(Check check, int status) {
        String how = status > KILLED ? "was killed by signal " + (status - KILLED) : "ended with status " + status;
        return Finding.failed(
                check,
                "the process that had loaded the library " + how + " in this step, or after it",
                new Fault(
                        Optional.of(OraCause.PROCESS_CRASHED),
                        "a library that does this takes Oracle's process with it: replace it, or report it"));
    }

    private static Finding hanging(Check check) {
        return Finding.failed(
                check,
                "no answer: the process was ended; with Oracle the session hangs",
                new Fault(
                        Optional.empty(),
                        "see the library's log, and whether `coffer serve` runs and answers `coffer status`"));
    }

    List<Finding> findings() {
        return findings;
    }

    List<Witness> witnesses() {
        return witnesses;
    }
}
