package org.cofferhsm.hsm.command;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.cofferhsm.hsm.HsmConfig;
import org.cofferhsm.hsm.access.ModuleAccess;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.spi.Terminal;

/**
 * How commands with a command line of their own log in: as the others do, through the service where one runs, with the
 * PIN from a file, the environment or a prompt.
 */
public final class AdapterLogin {

    private AdapterLogin() {}

    /**
     * Works in a session that ends afterwards.
     *
     * @param options those of {@code --home}, {@code --as}, {@code --pin-file}, {@code --key-file} and
     *     {@code --passphrase-file} that the command was given, each followed by its value
     * @param settings how the module is run where this process has to open it
     * @throws HsmException ARGUMENT_INVALID also when nobody is named who could log in
     */
    public static <T> T with(
            List<String> options, Terminal terminal, UnaryOperator<HsmConfig> settings, Function<Session, T> work) {
        OptionSet known = new OptionSet();
        ModuleHome.declare(known);
        ServicePlace.declare(known);
        SealSource.declare(known);
        Login.declare(known);
        try {
            return with(new Invocation(OptionCommand.parse(options, known), terminal), settings, work);
        } catch (UsageException e) {
            throw HsmException.argumentInvalid(e.text()).causedBy(e);
        }
    }

    private static <T> T with(Invocation invocation, UnaryOperator<HsmConfig> settings, Function<Session, T> work) {
        Optional<String> user = invocation.find("as");
        try (ModuleAccess module = AccessCommand.access(invocation, settings);
                Session session = new Login(invocation, user).open(module)) {
            return work.apply(session);
        }
    }
}
