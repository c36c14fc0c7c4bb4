package org.cofferhsm.hsm.cli;

import java.io.Console;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.cofferhsm.hsm.spi.Terminal;

/** The terminal or pipes that the process was started with. */
record SystemTerminal(PrintWriter out, PrintWriter err, Map<String, String> environment) implements Terminal {

    SystemTerminal(Map<String, String> environment) {
        this(writer(System.out), writer(System.err), environment);
    }

    /** Without a writer between them, since only so does {@code checkError} see what the stream could not write. */
    static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, false, StandardCharsets.UTF_8);
    }

    @Override
    public Path workingDirectory() {
        return Path.of("").toAbsolutePath();
    }

    @Override
    public OptionalInt width() {
        return ConsoleWidth.of(System.console(), environment);
    }

    @Override
    public Optional<char[]> askSecret(String prompt) {
        Console console = System.console();
        return console == null ? Optional.empty() : Optional.ofNullable(console.readPassword("%s", prompt));
    }
}
