package org.cofferhsm.signtool.commandline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reads SignTool's arguments. An option begins with {@code /} or {@code -}, in any case; {@code --} ends the options.
 *
 * <p>On this side of Windows a file name may begin with {@code /} too. A word that is an option of the verb is that
 * option; any other word with a slash in front is a file when it has another slash in it, or when there is such a file.
 */
final class CommandLineParser {

    private final Verb verb;
    private final Predicate<String> isFile;
    private final Deque<String> rest;
    private final Map<Option, List<List<String>>> options = new EnumMap<>(Option.class);
    private final List<String> files = new ArrayList<>();

    private CommandLineParser(Verb verb, List<String> arguments, Predicate<String> isFile) {
        this.verb = verb;
        this.rest = new ArrayDeque<>(arguments);
        this.isFile = isFile;
    }

    /**
     * Complains by {@link SignToolException}.
     *
     * @param arguments what follows the verb
     * @param isFile whether there is a file of that name
     */
    static ParsedCommand parse(Verb verb, List<String> arguments, Predicate<String> isFile) {
        return new CommandLineParser(verb, arguments, isFile).parse();
    }

    private ParsedCommand parse() {
        while (!rest.isEmpty()) {
            String word = rest.remove();
            if (word.equals("--")) {
                files.addAll(rest);
                rest.clear();
            } else if (word.startsWith("--")) {
                takeLong(word);
            } else {
                take(word);
            }
        }
        return new ParsedCommand(verb, options, files);
    }

    private void takeLong(String word) {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        Option option = Option.ofLong(verb, name).orElseThrow(() -> invalid(word));
        if (equals >= 0) {
            if (option.parameters() != 1) {
                throw invalid(word);
            }
            rest.addFirst(word.substring(equals + 1));
        }
        add(option);
    }

    private void take(String word) {
        Optional<Option> option = looksLikeOption(word) ? Option.of(verb, word.substring(1)) : Optional.empty();
        if (option.isPresent()) {
            add(option.get());
        } else if (isFileName(word)) {
            files.add(word);
        } else {
            throw invalid(word);
        }
    }

    private static boolean looksLikeOption(String word) {
        return word.length() > 1 && (word.charAt(0) == '/' || word.charAt(0) == '-');
    }

    private boolean isFileName(String word) {
        return !looksLikeOption(word) || (word.charAt(0) == '/' && (word.indexOf('/', 1) > 0 || isFile.test(word)));
    }

    private void add(Option option) {
        if (option.isForWindowsOnly()) {
            throw new SignToolException("The " + option.spelling() + " option works on Windows only.");
        }
        if (options.containsKey(option) && !option.isRepeatable()) {
            throw new SignToolException("You cannot use the " + option.spelling() + " option twice.");
        }
        List<String> values = new ArrayList<>();
        for (int i = 0; i < option.parameters(); i++) {
            if (rest.isEmpty()) {
                throw new SignToolException("The " + option.spelling() + " option requires a parameter.");
            }
            values.add(rest.remove());
        }
        options.computeIfAbsent(option, any -> new ArrayList<>()).add(List.copyOf(values));
    }

    private static SignToolException invalid(String word) {
        return new SignToolException("Invalid option: " + word);
    }
}
