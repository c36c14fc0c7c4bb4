package org.cofferhsm.signtool.tsa.cli;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The options of one call, each with its value; those for logging in are passed on as they are. */
record GivenOptions(Map<String, String> values, Set<String> flags) {

    private static final List<String> LOGIN =
            List.of("--home", "--as", "--pin-file", "--key-file", "--passphrase-file");
    private static final String HELP = "--help";

    /**
     * Reads them.
     *
     * @param valued the command's own options that have a value
     * @param unvalued those that have none
     */
    static GivenOptions parse(List<String> arguments, Set<String> valued, Set<String> unvalued) {
        Map<String, String> values = new HashMap<>();
        Set<String> flags = new HashSet<>();
        List<String> rest = new ArrayList<>(split(arguments));
        while (!rest.isEmpty()) {
            String name = rest.remove(0);
            if (name.equals(HELP) || unvalued.contains(name)) {
                flags.add(name);
            } else if (!valued.contains(name) && !LOGIN.contains(name)) {
                throw new UsageException("no option is called " + name);
            } else if (rest.isEmpty() || values.put(name, rest.remove(0)) != null) {
                throw new UsageException("the option " + name + " takes one value, once");
            }
        }
        return new GivenOptions(Map.copyOf(values), Set.copyOf(flags));
    }

    /** {@code --name=value} as two. */
    private static List<String> split(List<String> arguments) {
        return arguments.stream()
                .flatMap(one ->
                        one.startsWith("--") && one.contains("=") ? Stream.of(one.split("=", 2)) : Stream.of(one))
                .toList();
    }

    boolean asksForHelp() {
        return flags.contains(HELP);
    }

    boolean has(String flag) {
        return flags.contains(flag);
    }

    Optional<String> find(String option) {
        return Optional.ofNullable(values.get(option));
    }

    String get(String option) {
        return find(option).orElseThrow(() -> new UsageException("the option " + option + " is missing"));
    }

    Optional<BigDecimal> number(String option) {
        try {
            return find(option).map(BigDecimal::new);
        } catch (NumberFormatException e) {
            UsageException usage = new UsageException("the value of " + option + " is no number");
            usage.initCause(e);
            throw usage;
        }
    }

    /** What the runtime needs to log somebody in. */
    List<String> login() {
        return LOGIN.stream()
                .filter(values::containsKey)
                .flatMap(name -> Stream.of(name, values.get(name)))
                .toList();
    }
}
