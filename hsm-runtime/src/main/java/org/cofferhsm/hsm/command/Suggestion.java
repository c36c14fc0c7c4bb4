package org.cofferhsm.hsm.command;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The known word nearest to a mistyped one, by Levenshtein distance. */
public final class Suggestion {

    private Suggestion() {}

    /** {@code ; did you mean "…"?}, or an empty string when nothing is near. */
    public static String clause(String typed, Collection<String> known) {
        return nearest(typed, known)
                .map(word -> "; did you mean \"" + word + "\"?")
                .orElse("");
    }

    public static Optional<String> nearest(String typed, Collection<String> known) {
        return known.stream()
                .filter(word -> distance(typed, word) <= tolerance(typed))
                .min(Comparator.comparingInt(word -> distance(typed, word)));
    }

    /** Half the letters of a short word may be wrong, three of a long one. */
    private static int tolerance(String typed) {
        return Math.min(3, (typed.length() + 1) / 2);
    }

    static int distance(String one, String other) {
        int[] previous = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            previous = nextRow(previous, i, one.charAt(i - 1), other);
        }
        return previous[other.length()];
    }

    private static int[] nextRow(int[] previous, int row, char letter, String other) {
        int[] current = new int[previous.length];
        current[0] = row;
        for (int j = 1; j < current.length; j++) {
            int replaced = previous[j - 1] + (letter == other.charAt(j - 1) ? 0 : 1);
            current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
        }
        return current;
    }
}
