package org.cofferhsm.signtool.commandline.console;

import java.util.List;
import org.cofferhsm.hsm.spi.Terminal;
import org.cofferhsm.signtool.commandline.Option;
import org.cofferhsm.signtool.commandline.ParsedCommand;

/** Prints what {@code /q}, {@code /v}, {@code /debug} and {@code --json} leave to be printed. */
public final class Console {

    private final Terminal terminal;
    private final boolean quiet;
    private final boolean debug;
    private final boolean verbose;
    private final boolean json;

    public Console(Terminal terminal, ParsedCommand command) {
        this.terminal = terminal;
        this.json = command.has(Option.JSON);
        this.quiet = command.has(Option.QUIET) || json;
        this.debug = command.has(Option.DEBUG) && !json;
        this.verbose = (command.has(Option.VERBOSE) || debug) && !json;
    }

    /** Whether {@code /v} or {@code /debug} asks for more. */
    public boolean isVerbose() {
        return verbose;
    }

    /** Whether the answer is a JSON object instead of SignTool's lines. */
    public boolean isJson() {
        return json;
    }

    /** Prints lines, as far as they are wanted. */
    public void print(List<Line> lines) {
        lines.forEach(this::print);
    }

    /** Prints a line, if it is wanted. */
    public void print(Line line) {
        switch (line.kind()) {
            case PLAIN -> printIf(!quiet, line);
            case VERBOSE -> printIf(verbose, line);
            case DEBUG -> printIf(debug, line);
            case WARNING, ERROR -> terminal.err().println(line.text());
        }
    }

    private void printIf(boolean wanted, Line line) {
        if (wanted) {
            terminal.out().println(line.text());
        }
    }

    /** Prints what is wanted in any case: the JSON answer. */
    public void answer(String text) {
        terminal.out().println(text);
    }
}
