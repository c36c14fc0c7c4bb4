package org.cofferhsm.signtool.tsa.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.spi.Command;
import org.cofferhsm.hsm.spi.CommandLogin;
import org.cofferhsm.hsm.spi.Terminal;

/** What the commands of an authority have in common: options, a login, and how a refusal is told. */
abstract class TsaCommand implements Command {

    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private static final List<String> LOGIN_HELP = List.of(
            "  --as USER               who logs in; the PIN comes from COFFER_PIN=user:pin, --pin-file or a prompt",
            "  --pin-file FILE         a file that holds user:pin, or with --as the PIN alone",
            "  --home DIR              the module's directory; else COFFER_HOME, else ~/.coffer",
            "  --key-file FILE, --passphrase-file FILE  what opens the module where no service runs",
            "  --help                  this text");

    /** The options with a value. */
    abstract Set<String> valued();

    /** The options without one. */
    abstract Set<String> unvalued();

    /** A line for each option. */
    abstract List<String> help();

    /** Refuses what can be told to be wrong before anybody logs in. */
    abstract void check(GivenOptions options);

    abstract void work(GivenOptions options, Terminal terminal);

    /** Works in a session of whoever the options name. */
    static void inSession(GivenOptions options, Terminal terminal, Consumer<Session> work) {
        CommandLogin.standard().<Integer>with(options.login(), terminal, session -> {
            work.accept(session);
            return DONE;
        });
    }

    @Override
    public final int run(List<String> arguments, Terminal terminal) {
        try {
            GivenOptions options = GivenOptions.parse(arguments, valued(), unvalued());
            if (options.asksForHelp()) {
                usage().forEach(terminal.out()::println);
                return DONE;
            }
            check(options);
            work(options, terminal);
            return DONE;
        } catch (UsageException e) {
            terminal.err().println("coffer: " + e.getMessage());
            usage().forEach(terminal.err()::println);
            return USAGE;
        } catch (HsmException e) {
            terminal.err().println("coffer: " + e.getMessage() + " [" + e.reason() + "]");
            return FAILED;
        }
    }

    private List<String> usage() {
        List<String> lines = new ArrayList<>();
        lines.add("Usage: coffer " + String.join(" ", name()) + " [options]");
        lines.add(summary());
        lines.add("");
        lines.addAll(help());
        lines.addAll(LOGIN_HELP);
        return lines;
    }
}
