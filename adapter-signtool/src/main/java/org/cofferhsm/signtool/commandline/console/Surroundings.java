package org.cofferhsm.signtool.commandline.console;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.cofferhsm.hsm.HsmConfig;
import org.cofferhsm.hsm.command.AdapterLogin;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.spi.Terminal;
import org.cofferhsm.signtool.commandline.CommandLines;
import org.cofferhsm.signtool.commandline.Option;
import org.cofferhsm.signtool.commandline.ParsedCommand;

/** What a command works with. */
public record Surroundings(Terminal terminal, Clock clock) {

    private static final List<Option> LOGIN_OPTIONS =
            List.of(Option.HOME, Option.USER, Option.PIN_FILE, Option.KEY_FILE, Option.PASSPHRASE_FILE);

    /** Where file names start from. */
    public CommandLines lines() {
        return new CommandLines(terminal.workingDirectory());
    }

    /** A setting of the environment, if it is there and not empty. */
    public boolean isSet(String variable) {
        String value = terminal.environment().getOrDefault(variable, "");
        return !value.isEmpty() && !value.equals("0");
    }

    /** Works in a session of the user that the command names, in this process or through the service. */
    public <T> T inSession(ParsedCommand command, Function<Session, T> work) {
        return inSession(command, UnaryOperator.identity(), work);
    }

    /**
     * Works in a session of the user that the command names.
     *
     * @param settings how the module is run where this process has to open it
     */
    public <T> T inSession(ParsedCommand command, UnaryOperator<HsmConfig> settings, Function<Session, T> work) {
        List<String> options = new ArrayList<>();
        for (Option option : LOGIN_OPTIONS) {
            command.value(option).ifPresent(value -> options.add(option.spelling() + "=" + value));
        }
        return AdapterLogin.with(options, terminal, settings, work);
    }
}
