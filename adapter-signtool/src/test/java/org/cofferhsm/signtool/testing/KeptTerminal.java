package org.cofferhsm.signtool.testing;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cofferhsm.hsm.cli.Main;
import org.cofferhsm.hsm.spi.Terminal;

/** A terminal that keeps what is written; nobody sits before it. */
public final class KeptTerminal implements Terminal {
    private final StringWriter written = new StringWriter();
    private final StringWriter complaints = new StringWriter();
    private final PrintWriter out = new PrintWriter(written);
    private final PrintWriter err = new PrintWriter(complaints);
    private final Path workingDirectory;
    private final Map<String, String> environment;

    public KeptTerminal(Path workingDirectory, Map<String, String> environment) {
        this.workingDirectory = workingDirectory;
        this.environment = environment;
    }

    /** Runs {@code coffer} in this process; gives its exit status. */
    public int coffer(String... arguments) {
        return Main.run(List.of(arguments), this);
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
    public Optional<char[]> askSecret(String prompt) {
        return Optional.empty();
    }
}
