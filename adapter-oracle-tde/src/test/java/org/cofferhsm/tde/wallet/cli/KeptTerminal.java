package org.cofferhsm.tde.wallet.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cofferhsm.hsm.cli.Main;
import org.cofferhsm.hsm.spi.Terminal;

/** A terminal that keeps what is written; nobody sits before it. */
record KeptTerminal(
        Path workingDirectory, Map<String, String> environment, StringWriter written, StringWriter complaints)
        implements Terminal {

    KeptTerminal(Path workingDirectory, Map<String, String> environment) {
        this(workingDirectory, environment, new StringWriter(), new StringWriter());
    }

    /** Runs {@code coffer} in this process; gives its exit status. */
    int coffer(String... arguments) {
        return Main.run(List.of(arguments), this);
    }

    @Override
    public PrintWriter out() {
        return new PrintWriter(written, true);
    }

    @Override
    public PrintWriter err() {
        return new PrintWriter(complaints, true);
    }

    @Override
    public Optional<char[]> askSecret(String prompt) {
        return Optional.empty();
    }
}
