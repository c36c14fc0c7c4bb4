package org.cofferhsm.signtool.commandline;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What SignTool can be told to do. */
public enum Verb {
    SIGN,
    TIMESTAMP,
    VERIFY,
    REMOVE,
    /** Coffer's own: who signed a file. */
    HISTORY;

    /** The verb that is written so, in any case. */
    public static Optional<Verb> named(String word) {
        return Arrays.stream(values())
                .filter(verb -> verb.name().equalsIgnoreCase(word))
                .findFirst();
    }

    /** As SignTool's help spells it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
