package org.cofferhsm.tde.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.ExitStatus;
import org.cofferhsm.hsm.command.Fields;
import org.cofferhsm.hsm.command.Table;
import org.cofferhsm.tde.OraCause;
import org.cofferhsm.tde.preflight.Finding;
import org.cofferhsm.tde.preflight.Finding.Verdict;
import org.cofferhsm.tde.preflight.PreflightReport;

/** A preflight's report, for people and in JSON. */
record PreflightAnswer(PreflightReport report) {

    Answer answer() {
        return new Answer(this::data, this::lines, report.passed() ? ExitStatus.DONE : ExitStatus.FAILED);
    }

    private Map<String, Object> data() {
        return new Fields()
                .with("passed", report.passed())
                .with(
                        "checks",
                        report.findings().stream().map(PreflightAnswer::fields).toList())
                .map();
    }

    private static Map<String, Object> fields(Finding finding) {
        Fields fields = new Fields()
                .with("check", finding.check().id())
                .with("state", state(finding))
                .with("meaning", finding.check().meaning())
                .with("detail", finding.detail());
        finding.fault()
                .ifPresent(fault -> fields.with(
                                "oracle_error",
                                fault.cause().map(OraCause::code).orElse("none"))
                        .with("advice", fault.advice()));
        return fields.map();
    }

    private static String state(Finding finding) {
        return finding.verdict().name().toLowerCase(Locale.ROOT);
    }

    private List<String> lines(OptionalInt width) {
        List<String> lines = new ArrayList<>(Table.of(
                        List.of("STATE", "CHECK", "DETAIL"),
                        report.findings().stream().map(PreflightAnswer::row).toList())
                .lines(width));
        report.findings()
                .forEach(finding -> finding.fault().ifPresent(fault -> {
                    lines.add("");
                    lines.add(
                            finding.check().id() + ": " + finding.check().meaning() + " — not so: " + finding.detail());
                    lines.add("  a DBA would see: "
                            + fault.cause().map(OraCause::toString).orElse("no error"));
                    lines.add("  do this: " + fault.advice());
                }));
        lines.add("");
        lines.add(report.count(Verdict.PASSED) + " passed, " + report.count(Verdict.FAILED) + " failed, "
                + report.count(Verdict.WARNING) + " with a warning, " + report.count(Verdict.SKIPPED) + " skipped");
        return lines;
    }

    private static List<String> row(Finding finding) {
        return List.of(state(finding), finding.check().id(), finding.detail());
    }
}
