package org.cofferhsm.signtool.commandline;

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
        for (Verb verb : values()) {
            if (verb.name().equalsIgnoreCase(word)) {
                return Optional.of(verb);
            }
        }
        return Optional.empty();
    }

    /** As SignTool's help spells it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
