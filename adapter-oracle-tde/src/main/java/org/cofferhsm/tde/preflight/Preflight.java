package org.cofferhsm.tde.preflight;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.cofferhsm.tde.preflight.Finding.Verdict;

/** Makes all checks, with child processes that play a database's, and leaves nothing behind. */
public final class Preflight {

    private final PreflightRequest request;
    private final Restart restart;
    private final Trial trial = Trial.fresh(new SecureRandom());
    private final List<Finding> findings = new ArrayList<>();
    private final List<Witness> witnesses = new ArrayList<>();

    public Preflight(PreflightRequest request, Restart restart) {
        this.request = request;
        this.restart = restart;
    }

    /** The PIN, {@code user:password} in UTF-8, stays the caller's to wipe. */
    public PreflightReport run(byte[] pin) {
        findings.addAll(new FileChecks(request.tree(), request.library()).findings(pin));
        if (of(Check.PLACE) != Verdict.FAILED && of(Check.PIN) != Verdict.FAILED) {
            live(pin);
        }
        return new PreflightReport(complete());
    }

    /** What the keys encrypted in this run, for the next one. */
    public List<Witness> witnesses() {
        return List.copyOf(witnesses);
    }

    private void live(byte[] pin) {
        boolean loggedIn = sequence(pin);
        if (loggedIn) {
            masterKeys(pin);
            hearAll(Task.Kind.CLEAN_UP, List.of(trial.label(), trial.metadataLabel()), pin);
        }
    }

    /** The long-lived process of a database; says whether it got as far as a login. */
    private boolean sequence(byte[] pin) {
        Task task = task(Task.Kind.SEQUENCE, List.of(trial.label(), trial.metadataLabel()));
        try (Child child = Child.start(task, pin, request.limit())) {
            Hearing hearing = new Hearing(child);
            boolean waits = hearing.untilPause();
            if (waits) {
                findings.add(processes(hearing.witnesses(), pin));
                findings.addAll(restarted(child, hearing));
            }
            findings.addAll(hearing.findings());
        }
        return of(Check.LOGIN) == Verdict.PASSED;
    }

    /** Processes that come while the first one works. */
    private Finding processes(List<Witness> seen, byte[] pin) {
        if (seen.isEmpty()) {
            return Finding.skipped(Check.PROCESSES, "there is nothing that they could decrypt");
        }
        Task task = task(Task.Kind.JOIN, List.of(seen.get(0).line()));
        List<Child> children = new ArrayList<>();
        try {
            for (int i = 0; i < request.processes(); i++) {
                children.add(Child.start(task, pin, request.limit()));
            }
            return together(children.stream()
                    .map(Preflight::heard)
                    .flatMap(List::stream)
                    .toList());
        } finally {
            children.forEach(Child::close);
        }
    }

    private static List<Finding> heard(Child child) {
        Hearing hearing = new Hearing(child);
        hearing.untilPause();
        return hearing.findings();
    }

    private Finding together(List<Finding> each) {
        return each.stream()
                .filter(finding -> finding.verdict() == Verdict.FAILED)
                .findFirst()
                .orElseGet(() -> each.size() == request.processes()
                        ? Finding.passed(Check.PROCESSES, each.size() + " processes, each logged in by itself")
                        : Finding.failed(
                                Check.PROCESSES, "only " + each.size() + " of " + request.processes() + " answered"));
    }

    private List<Finding> restarted(Child child, Hearing hearing) {
        Restart.Outcome outcome = restart.run();
        return switch (outcome.state()) {
            case NOBODY -> List.of(Finding.skipped(Check.RESTART, outcome.detail()));
            case FAILED -> List.of(Finding.failed(Check.RESTART, outcome.detail()));
            case DONE -> {
                child.resume();
                hearing.untilPause();
                yield List.of();
            }
        };
    }

    private void masterKeys(byte[] pin) {
        Stream<String> before = request.witnesses().stream().map(Witness::line);
        List<String> words = Stream.concat(Stream.of(trial.label()), before).toList();
        witnesses.addAll(hearAll(Task.Kind.MASTER_KEYS, words, pin));
    }

    private List<Witness> hearAll(Task.Kind kind, List<String> words, byte[] pin) {
        try (Child child = Child.start(task(kind, words), pin, request.limit())) {
            Hearing hearing = new Hearing(child);
            hearing.untilPause();
            findings.addAll(hearing.findings());
            return hearing.witnesses();
        }
    }

    private Task task(Task.Kind kind, List<String> words) {
        return new Task(kind, request.library().toString(), words);
    }

    private Verdict of(Check check) {
        return findings.stream()
                .filter(finding -> finding.check() == check)
                .map(Finding::verdict)
                .findFirst()
                .orElse(Verdict.SKIPPED);
    }

    /** In the order of the checks; those that were not reached are named, too. */
    private List<Finding> complete() {
        Set<Check> missing = EnumSet.allOf(Check.class);
        findings.forEach(finding -> missing.remove(finding.check()));
        Optional<Finding> first = findings.stream()
                .filter(finding -> finding.verdict() == Verdict.FAILED)
                .min(Comparator.comparing(Finding::check));
        String why = "not reached"
                + first.map(finding -> ", after " + finding.check().id()).orElse("");
        return Stream.concat(findings.stream(), missing.stream().map(check -> Finding.skipped(check, why)))
                .sorted(Comparator.comparing(Finding::check))
                .toList();
    }
}
