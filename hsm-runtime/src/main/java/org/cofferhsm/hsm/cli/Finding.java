package org.cofferhsm.hsm.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cofferhsm.hsm.command.Fields;

/**
 * One line of {@code coffer doctor}.
 *
 * @param detail how it is, or what is wrong and what to do
 */
record Finding(String name, Verdict verdict, String detail) {

    /** How it stands. */
    enum Verdict {
        /** In force. */
        ACTIVE,
        /** The operating system or the configuration refused it; the module works without. */
        REFUSED,
        /** Something to put right. */
        PROBLEM
    }

    static Finding active(String name, String detail) {
        return new Finding(name, Verdict.ACTIVE, detail);
    }

    static Finding problem(String name, String detail) {
        return new Finding(name, Verdict.PROBLEM, detail);
    }

    List<String> row() {
        return List.of(verdict.name().toLowerCase(Locale.ROOT), name, detail);
    }

    Map<String, Object> fields() {
        return new Fields()
                .with("check", name)
                .with("state", verdict.name().toLowerCase(Locale.ROOT))
                .with("detail", detail)
                .map();
    }
}
