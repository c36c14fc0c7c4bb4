package org.cofferhsm.ekm.doctor;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cofferhsm.hsm.command.Fields;

/**
 * One line of {@code coffer ekm doctor}.
 *
 * @param detail how it is, or what is wrong and what to do
 */
public record Finding(String name, Verdict verdict, String detail) {

    /** How it stands. */
    public enum Verdict {
        OK,
        /** Could not be checked here, or works without. */
        NOTE,
        /** Something to put right. */
        PROBLEM
    }

    public static Finding ok(String name, String detail) {
        return new Finding(name, Verdict.OK, detail);
    }

    public static Finding note(String name, String detail) {
        return new Finding(name, Verdict.NOTE, detail);
    }

    public static Finding problem(String name, String detail) {
        return new Finding(name, Verdict.PROBLEM, detail);
    }

    /** For people. */
    public List<String> row() {
        return List.of(verdict.name().toLowerCase(Locale.ROOT), name, detail);
    }

    /** For scripts. */
    public Map<String, Object> fields() {
        return new Fields()
                .with("check", name)
                .with("state", verdict.name().toLowerCase(Locale.ROOT))
                .with("detail", detail)
                .map();
    }
}
