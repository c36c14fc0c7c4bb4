package org.cofferhsm.ekm.script;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a database administrator wants to do. */
public enum Scenario {
    TDE("encrypt a database"),
    CELLS("encrypt cells of a table"),
    ROTATION("put a new key over a database's encryption key"),
    RESTORE("restore an encrypted database on another server"),
    ALWAYS_ON("prepare the replicas of an availability group"),
    TEARDOWN("take encryption and the provider away");

    private final String purpose;

    Scenario(String purpose) {
        this.purpose = purpose;
    }

    /** The scenario that the command line calls so. */
    public static Optional<Scenario> named(String text) {
        return Arrays.stream(values())
                .filter(scenario -> scenario.text().equals(text))
                .findFirst();
    }

    /** All of them with their purposes, for a message. */
    public static String list() {
        return Arrays.stream(values())
                .map(scenario -> scenario.text() + " (" + scenario.purpose + ")")
                .collect(Collectors.joining(", "));
    }

    /** As the command line calls it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String file() {
        return text() + ".sql";
    }
}
