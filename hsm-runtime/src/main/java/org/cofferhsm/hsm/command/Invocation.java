package org.cofferhsm.hsm.command;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.spi.Terminal;

/** One call of a command: its options and where it reads and writes. */
public final class Invocation {

    private final CommandLine options;
    private final Terminal terminal;

    Invocation(CommandLine options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    public Terminal terminal() {
        return terminal;
    }

    public boolean has(String option) {
        return options.hasOption(option);
    }

    public Optional<String> find(String option) {
        return Optional.ofNullable(options.getOptionValue(option));
    }

    /** The value of an option that the command cannot do without. */
    public String get(String option) {
        return find(option).orElseThrow(() -> new UsageException("the option --" + option + " is missing"));
    }

    /** All values of an option that takes several. */
    public List<String> all(String option) {
        String[] values = options.getOptionValues(option);
        return values == null ? List.of() : List.of(values);
    }

    public Optional<Integer> findNumber(String option, NumberRange range) {
        return find(option).map(text -> range.parse(option, text));
    }

    public int number(String option, NumberRange range) {
        return range.parse(option, get(option));
    }

    /** A file named by an option, seen from the working directory. */
    public Optional<Path> findPath(String option) {
        return find(option).map(this::path);
    }

    public Path path(String text) {
        try {
            return terminal.workingDirectory().resolve(text).normalize();
        } catch (InvalidPathException e) {
            throw HsmException.argumentInvalid("\"" + text + "\" cannot be the name of a file here: " + e.getReason())
                    .causedBy(e);
        }
    }

    /** A variable of the environment, when it is set and not empty. */
    public Optional<String> environment(String variable) {
        String text = terminal.environment().getOrDefault(variable, "");
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
