package org.cofferhsm.hsm.command;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One line of a doctor's answer.
 *
 * @param detail how it is, or what is wrong and what to do
 */
public record Finding(String name, Verdict verdict, String detail) {

    /** How it stands. */
    public enum Verdict {
        /** As it should be. */
        OK,
        /** A protection that is in force. */
        ACTIVE,
        /** Could not be checked here, or works without. */
        NOTE,
        /** The operating system or the configuration refused it; the module works without. */
        REFUSED,
        /** Something to put right. */
        PROBLEM
    }

    public static Finding ok(String name, String detail) {
        return new Finding(name, Verdict.OK, detail);
    }

    public static Finding active(String name, String detail) {
        return new Finding(name, Verdict.ACTIVE, detail);
    }

    public static Finding note(String name, String detail) {
        return new Finding(name, Verdict.NOTE, detail);
    }

    public static Finding refused(String name, String detail) {
        return new Finding(name, Verdict.REFUSED, detail);
    }

    public static Finding problem(String name, String detail) {
        return new Finding(name, Verdict.PROBLEM, detail);
    }

    /** All of them, as a command's answer; it fails when there is something to put right. */
    public static Answer answer(List<Finding> findings) {
        boolean sound = findings.stream().noneMatch(finding -> finding.verdict == Verdict.PROBLEM);
        return new Answer(
                () -> Map.of("checks", findings.stream().map(Finding::fields).toList()),
                width -> Table.of(
                                List.of("STATE", "WHAT", "DETAIL"),
                                findings.stream().map(Finding::row).toList())
                        .lines(width),
                sound ? ExitStatus.DONE : ExitStatus.FAILED);
    }

    private List<String> row() {
        return List.of(state(), name, detail);
    }

    private Map<String, Object> fields() {
        return new Fields()
                .with("check", name)
                .with("state", state())
                .with("detail", detail)
                .map();
    }

    private String state() {
        return verdict.name().toLowerCase(Locale.ROOT);
    }
}
