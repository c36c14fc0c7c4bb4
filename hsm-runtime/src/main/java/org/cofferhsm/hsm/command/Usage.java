package org.cofferhsm.hsm.command;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.MissingOptionException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.ParseException;

/** How a command is called. */
public record Usage(String words, String summary, OptionSet options) {

    public List<String> lines(OptionalInt width) {
        List<String> lines = new ArrayList<>();
        lines.add("Usage: coffer " + words + required() + " [options]");
        lines.add(summary);
        lines.add("");
        lines.addAll(Table.indented(options.all().stream()
                        .map(option -> List.of(syntax(option), meaning(option)))
                        .toList())
                .lines(width));
        return lines;
    }

    private String required() {
        return options.all().stream()
                .filter(Option::isRequired)
                .map(option -> " " + syntax(option))
                .collect(Collectors.joining());
    }

    private static String syntax(Option option) {
        String name = "--" + option.getLongOpt();
        return option.hasArg() ? name + " " + option.getArgName() + (option.hasArgs() ? " ..." : "") : name;
    }

    private static String meaning(Option option) {
        return option.getDescription() + (option.isRequired() ? " (required)" : "");
    }

    /** The parser's complaint in this program's words. */
    static String explain(ParseException problem) {
        if (problem instanceof MissingArgumentException missing) {
            return "--" + missing.getOption().getLongOpt() + " lacks its value";
        }
        if (problem instanceof MissingOptionException missing) {
            List<?> names = missing.getMissingOptions();
            return "missing: " + names.stream().map(name -> "--" + name).collect(Collectors.joining(", "));
        }
        return String.valueOf(problem.getMessage());
    }
}
