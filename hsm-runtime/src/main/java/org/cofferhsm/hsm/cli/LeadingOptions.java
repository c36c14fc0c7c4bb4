package org.cofferhsm.hsm.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Options written before the command, as in {@code coffer --home DIR key list}: the same as after it. */
final class LeadingOptions {

    private static final Set<String> WITH_VALUE = Set.of("--home", "--key-file", "--passphrase-file", "--pin-file");
    private static final Set<String> FLAGS = Set.of("--json");

    private LeadingOptions() {}

    /** The arguments with the leading options moved to the end. */
    static List<String> moved(List<String> arguments) {
        int length = length(arguments);
        List<String> result = new ArrayList<>(arguments.subList(length, arguments.size()));
        result.addAll(arguments.subList(0, length));
        return result;
    }

    private static int length(List<String> arguments) {
        int next = 0;
        while (next < arguments.size()) {
            String argument = arguments.get(next);
            if (WITH_VALUE.contains(argument) && next + 1 < arguments.size()) {
                next += 2;
            } else if (FLAGS.contains(argument) || hasValueInside(argument)) {
                next++;
            } else {
                break;
            }
        }
        return next;
    }

    private static boolean hasValueInside(String argument) {
        int equals = argument.indexOf('=');
        return equals > 0 && WITH_VALUE.contains(argument.substring(0, equals));
    }
}
