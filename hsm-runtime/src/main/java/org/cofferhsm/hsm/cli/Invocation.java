package org.cofferhsm.hsm.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.cofferhsm.hsm.spi.Terminal;

/** One call of a command: its options and where it reads and writes. */
record Invocation(CommandLine options, Terminal terminal) {

    boolean has(String option) {
        return options.hasOption(option);
    }

    Optional<String> find(String option) {
        return Optional.ofNullable(options.getOptionValue(option));
    }

    /** The value of an option that the command cannot do without. */
    String get(String option) {
        return find(option).orElseThrow(() -> new UsageException("the option --" + option + " is missing"));
    }

    /** All values of an option that takes several. */
    List<String> all(String option) {
        String[] values = options.getOptionValues(option);
        return values == null ? List.of() : List.of(values);
    }

    Optional<Integer> findNumber(String option, NumberRange range) {
        return find(option).map(text -> range.parse(option, text));
    }

    int number(String option, NumberRange range) {
        return range.parse(option, get(option));
    }

    /** A file named by an option, seen from the working directory. */
    Optional<Path> findPath(String option) {
        return find(option).map(this::path);
    }

    Path path(String text) {
        return terminal.workingDirectory().resolve(text).normalize();
    }

    /** A variable of the environment, when it is set and not empty. */
    Optional<String> environment(String variable) {
        return Optional.ofNullable(terminal.environment().get(variable)).filter(text -> !text.isEmpty());
    }
}
