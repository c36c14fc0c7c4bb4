package org.cofferhsm.signtool.commandline;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One command of SignTool, understood.
 *
 * @param options each option that was given, with the arguments of each time it was
 * @param files as they were written, wildcards not yet expanded
 */
public record ParsedCommand(Verb verb, Map<Option, List<List<String>>> options, List<String> files) {

    public ParsedCommand {
        options = Map.copyOf(options.isEmpty() ? Map.of() : new EnumMap<>(options));
        files = List.copyOf(files);
    }

    /** Whether the option was given. */
    public boolean has(Option option) {
        return options.containsKey(option);
    }

    /** The argument of an option that takes one. */
    public Optional<String> value(Option option) {
        List<List<String>> times = values(option);
        return times.isEmpty() ? Optional.empty() : Optional.of(times.get(0).get(0));
    }

    /** The arguments of an option, once for each time it was given. */
    public List<List<String>> values(Option option) {
        return options.getOrDefault(option, List.of());
    }

    /** What an option asks for as a whole number of at least {@code least}. */
    public Optional<Integer> number(Option option, int least) {
        return value(option).map(text -> number(option, text, least));
    }

    private static int number(Option option, String text, int least) {
        try {
            int number = Integer.parseInt(text);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new SignToolException(invalid(option, text), e);
        }
        throw new SignToolException(invalid(option, text));
    }

    private static String invalid(Option option, String text) {
        return "The value of the " + option.spelling() + " option is not valid: " + text;
    }
}
