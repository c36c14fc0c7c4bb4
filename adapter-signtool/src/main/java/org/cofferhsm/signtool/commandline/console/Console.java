package org.cofferhsm.signtool.commandline.console;

import java.io.PrintWriter;
import java.util.List;
import org.cofferhsm.hsm.spi.Terminal;
import org.cofferhsm.signtool.commandline.Option;
import org.cofferhsm.signtool.commandline.ParsedCommand;

/** Prints what {@code /q}, {@code /v}, {@code /debug} and {@code --json} leave to be printed. */
public final class Console {

    private final Terminal terminal;
    private final ParsedCommand command;

    public Console(Terminal terminal, ParsedCommand command) {
        this.terminal = terminal;
        this.command = command;
    }

    /** Whether lines of this kind are printed; those that cost something need not be made otherwise. */
    public static boolean wants(ParsedCommand command, Line.Kind kind) {
        boolean json = command.has(Option.JSON);
        return switch (kind) {
            case PLAIN -> !command.has(Option.QUIET) && !json;
            case VERBOSE -> (command.has(Option.VERBOSE) || command.has(Option.DEBUG)) && !json;
            case DEBUG -> command.has(Option.DEBUG) && !json;
            case WARNING, ERROR -> true;
        };
    }

    /** Whether {@code /v} or {@code /debug} asks for more. */
    public boolean isVerbose() {
        return wants(command, Line.Kind.VERBOSE);
    }

    /** Whether the answer is a JSON object instead of SignTool's lines. */
    public boolean isJson() {
        return command.has(Option.JSON);
    }

    /** Prints lines, as far as they are wanted. */
    public void print(List<Line> lines) {
        for (Line line : lines) {
            print(line);
        }
    }

    /** Prints a line, if it is wanted. */
    public void print(Line line) {
        if (wants(command, line.kind())) {
            stream(line.kind()).println(line.text());
        }
    }

    private PrintWriter stream(Line.Kind kind) {
        return switch (kind) {
            case PLAIN, VERBOSE, DEBUG -> terminal.out();
            case WARNING, ERROR -> terminal.err();
        };
    }

    /** Prints what is wanted in any case: the JSON answer. */
    public void answer(String text) {
        terminal.out().println(text);
    }
}
