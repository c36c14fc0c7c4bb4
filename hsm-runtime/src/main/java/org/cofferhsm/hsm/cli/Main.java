package org.cofferhsm.hsm.cli;

import java.util.List;
import java.util.Map;
import org.cofferhsm.hsm.SoftwareVersion;
import org.cofferhsm.hsm.command.ExitStatus;
import org.cofferhsm.hsm.command.Output;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.spi.Terminal;

/** The program {@code coffer}. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), new SystemTerminal(Map.copyOf(System.getenv()))));
    }

    /**
     * Runs one command.
     *
     * @return the exit status: 0 done, 1 refused or failed, 2 usage
     */
    public static int run(List<String> arguments, Terminal terminal) {
        int status = finished(caught(arguments, terminal), terminal);
        terminal.err().flush();
        return status;
    }

    /** Whoever reads the output must learn that it is not all there. */
    private static int finished(int status, Terminal terminal) {
        if (terminal.out().checkError()) {
            terminal.err().println("coffer: the output could not be written in full; what was asked for may be done");
            return ExitStatus.FAILED;
        }
        return status;
    }

    private static int caught(List<String> arguments, Terminal terminal) {
        try {
            return dispatch(arguments, terminal);
        } catch (RuntimeException e) { // a bug; scripts still get an answer that they can read
            HsmException internal =
                    HsmException.internal("the command failed by a fault of Coffer, please report it: " + e);
            return new Output(terminal, arguments.contains("--json")).writeRefusal(internal.causedBy(e));
        }
    }

    private static int dispatch(List<String> arguments, Terminal terminal) {
        if (arguments.equals(List.of("--version"))) {
            terminal.out().println("coffer " + SoftwareVersion.text());
            return ExitStatus.DONE;
        }
        return new CommandTree(new Builtins()).run(LeadingOptions.moved(arguments), terminal);
    }
}
