package org.cofferhsm.hsm.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cofferhsm.hsm.command.ExitStatus;
import org.cofferhsm.hsm.command.Suggestion;
import org.cofferhsm.hsm.command.Table;
import org.cofferhsm.hsm.spi.Command;
import org.cofferhsm.hsm.spi.Terminal;

/** All commands by their words; finds the one that is meant, or says what there is. */
record CommandTree(CommandSource commands) {

    int run(List<String> arguments, Terminal terminal) {
        if (!arguments.isEmpty() && arguments.get(0).equals("help")) {
            return run(
                    Stream.concat(arguments.stream().skip(1), Stream.of("--help"))
                            .toList(),
                    terminal);
        }
        List<String> words = words(arguments);
        Optional<Command> command = meant(words);
        return command.isPresent()
                ? run(command.get(), arguments, terminal)
                : overview(words, asksForHelp(arguments), terminal);
    }

    private static List<String> words(List<String> arguments) {
        int count = 0;
        while (count < arguments.size() && !arguments.get(count).startsWith("-")) {
            count++;
        }
        return arguments.subList(0, count);
    }

    /** Of the commands whose name the words start with the one with the longest. */
    private Optional<Command> meant(List<String> words) {
        Command best = null;
        for (Command candidate : commands.under(words)) {
            boolean longer =
                    best == null || candidate.name().size() > best.name().size();
            if (longer && startsWith(words, candidate.name())) {
                best = candidate;
            }
        }
        return Optional.ofNullable(best);
    }

    private static int run(Command command, List<String> arguments, Terminal terminal) {
        return command.run(arguments.subList(command.name().size(), arguments.size()), terminal);
    }

    private static boolean asksForHelp(List<String> arguments) {
        return arguments.contains("--help") || arguments.contains("-h");
    }

    private static boolean startsWith(List<String> words, List<String> start) {
        return words.size() >= start.size() && words.subList(0, start.size()).equals(start);
    }

    /** What there is below the words that are known; a usage error unless it was asked for. */
    private int overview(List<String> words, boolean asked, Terminal terminal) {
        List<String> known = knownPart(words);
        if (known.equals(words) && asked) {
            lines(known, terminal).forEach(terminal.out()::println);
            return ExitStatus.DONE;
        }
        terminal.err().println("coffer: " + complaint(words, known));
        lines(known, terminal).forEach(terminal.err()::println);
        return ExitStatus.USAGE;
    }

    private List<String> knownPart(List<String> words) {
        List<String> known = new ArrayList<>();
        while (known.size() < words.size() && next(known).contains(words.get(known.size()))) {
            known.add(words.get(known.size()));
        }
        return known;
    }

    /** The words that may follow these. */
    private Set<String> next(List<String> known) {
        Set<String> next = new LinkedHashSet<>();
        below(known).forEach(command -> next.add(command.name().get(known.size())));
        return next;
    }

    private Stream<Command> below(List<String> known) {
        return commands.all().stream()
                .filter(command -> command.name().size() > known.size() && startsWith(command.name(), known));
    }

    private String complaint(List<String> words, List<String> known) {
        if (known.equals(words)) {
            return words.isEmpty() ? "say what to do" : "\"" + String.join(" ", words) + "\" needs one word more";
        }
        String typed = words.get(known.size());
        String place = known.isEmpty() ? "" : " of \"" + String.join(" ", known) + "\"";
        return "no command" + place + " is called \"" + typed + "\"" + Suggestion.clause(typed, next(known));
    }

    private List<String> lines(List<String> known, Terminal terminal) {
        List<String> lines = new ArrayList<>();
        String prefix = known.isEmpty() ? "" : String.join(" ", known) + " ";
        lines.add("Usage: coffer " + prefix + "COMMAND [options]");
        lines.add("");
        lines.addAll(Table.indented(rows(known)).lines(terminal.width()));
        lines.add("");
        lines.add("coffer COMMAND --help says more; coffer --version says which version this is.");
        return lines;
    }

    /** One row per command, but for families of commands that differ in a third word or later: one row per family. */
    private List<List<String>> rows(List<String> known) {
        Map<List<String>, List<Command>> families = below(known)
                .collect(Collectors.groupingBy(
                        command -> start(command.name(), known.size() + 2), LinkedHashMap::new, Collectors.toList()));
        return families.entrySet().stream()
                .map(family -> row(family.getKey(), family.getValue()))
                .toList();
    }

    private static List<String> start(List<String> words, int length) {
        return words.subList(0, Math.min(words.size(), length));
    }

    private static List<String> row(List<String> words, List<Command> family) {
        if (family.size() == 1) {
            return List.of(String.join(" ", family.get(0).name()), family.get(0).summary());
        }
        String variants = family.stream()
                .map(command -> command.name().get(words.size()))
                .distinct()
                .collect(Collectors.joining(", "));
        return List.of(String.join(" ", words) + " ...", variants);
    }
}
