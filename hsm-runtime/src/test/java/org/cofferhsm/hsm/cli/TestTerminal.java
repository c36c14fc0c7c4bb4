package org.cofferhsm.hsm.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.cofferhsm.hsm.spi.Terminal;

/** A terminal that keeps what is written and answers questions with what a test has prepared. */
public final class TestTerminal implements Terminal {

    private final StringWriter written = new StringWriter();
    private final StringWriter complaints = new StringWriter();
    private final PrintWriter out = new PrintWriter(written);
    private final PrintWriter err = new PrintWriter(complaints);
    private final Path workingDirectory;
    private final Map<String, String> environment;
    private final Deque<String> secrets;
    private OptionalInt width = OptionalInt.empty();

    public TestTerminal(Path workingDirectory, Map<String, String> environment, Collection<String> secrets) {
        this.workingDirectory = workingDirectory;
        this.environment = environment;
        this.secrets = new ArrayDeque<>(secrets);
    }

    /** Nobody sits before it. */
    public TestTerminal(Path workingDirectory, Map<String, String> environment) {
        this(workingDirectory, environment, List.of());
    }

    /** Runs {@code coffer} in this process; gives its exit status. */
    public int coffer(String... arguments) {
        return Main.run(List.of(arguments), this);
    }

    /** A terminal that somebody looks at. */
    public TestTerminal wide(int columns) {
        width = OptionalInt.of(columns);
        return this;
    }

    public String written() {
        out.flush();
        return written.toString();
    }

    public String complaints() {
        err.flush();
        return complaints.toString();
    }

    @Override
    public PrintWriter out() {
        return out;
    }

    @Override
    public PrintWriter err() {
        return err;
    }

    @Override
    public Map<String, String> environment() {
        return environment;
    }

    @Override
    public Path workingDirectory() {
        return workingDirectory;
    }

    @Override
    public OptionalInt width() {
        return width;
    }

    @Override
    public Optional<char[]> askSecret(String prompt) {
        return Optional.ofNullable(secrets.poll()).map(String::toCharArray);
    }
}
