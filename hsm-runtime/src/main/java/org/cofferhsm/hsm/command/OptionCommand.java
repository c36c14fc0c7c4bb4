package org.cofferhsm.hsm.command;

import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.spi.Command;
import org.cofferhsm.hsm.spi.Terminal;

/** A command with options and an answer; this class reads the ones and writes the other. */
public abstract class OptionCommand implements Command {

    private final String words;
    private final String summary;

    /** @param words the command's name, words separated by spaces */
    public OptionCommand(String words, String summary) {
        this.words = words;
        this.summary = summary;
    }

    @Override
    public final List<String> name() {
        return List.of(words.split(" "));
    }

    @Override
    public final String summary() {
        return summary;
    }

    /** Adds the options of this command, its own before those that it shares with others. */
    protected abstract void declare(OptionSet options);

    /**
     * Refuses what can be told to be wrong before anybody logs in.
     *
     * @throws UsageException where the options do not fit together
     */
    protected void check(Invocation invocation) {}

    /** Does the work. */
    protected abstract Answer answer(Invocation invocation);

    @Override
    public final int run(List<String> arguments, Terminal terminal) {
        OptionSet options = new OptionSet();
        declare(options);
        options.flag("json", "answer in JSON").help();
        Usage usage = new Usage(words, summary, options);
        try {
            return run(arguments, options, usage, terminal);
        } catch (UsageException e) {
            terminal.err().println("coffer: " + e.text());
            usage.lines(terminal.width()).forEach(terminal.err()::println);
            return ExitStatus.USAGE;
        }
    }

    private int run(List<String> arguments, OptionSet options, Usage usage, Terminal terminal) {
        if (parse(arguments, options.noneRequired()).hasOption("help")) {
            usage.lines(terminal.width()).forEach(terminal.out()::println);
            return ExitStatus.DONE;
        }
        Invocation invocation = new Invocation(parse(arguments, options), terminal);
        check(invocation);
        Output output = new Output(terminal, invocation.has("json"));
        try {
            return output.write(answer(invocation));
        } catch (HsmException e) {
            return output.writeRefusal(e);
        }
    }

    static CommandLine parse(List<String> arguments, OptionSet options) {
        DefaultParser parser = DefaultParser.builder()
                .setAllowPartialMatching(false)
                .setStripLeadingAndTrailingQuotes(false)
                .get();
        try {
            CommandLine line = parser.parse(options.forParser(), arguments.toArray(String[]::new));
            refuseLeftovers(line);
            return line;
        } catch (UnrecognizedOptionException e) {
            String typed = e.getOption().split("=", 2)[0];
            throw new UsageException("no option is called " + typed + Suggestion.clause(typed, options.names()));
        } catch (ParseException e) {
            throw new UsageException(Usage.explain(e));
        }
    }

    private static void refuseLeftovers(CommandLine line) {
        if (!line.getArgList().isEmpty()) {
            throw new UsageException("\"" + line.getArgList().get(0) + "\" belongs to no option");
        }
    }
}
