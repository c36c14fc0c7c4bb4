package org.cofferhsm.hsm.command;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.cofferhsm.hsm.access.ModuleAccess;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.spi.CommandLogin;
import org.cofferhsm.hsm.spi.Terminal;

/** Logs the commands of adapters in. */
public final class AdapterLogin implements CommandLogin {

    /** For {@link java.util.ServiceLoader}. */
    public AdapterLogin() {}

    @Override
    public <T> T with(List<String> options, Terminal terminal, Function<Session, T> work) {
        OptionSet known = new OptionSet();
        ModuleHome.declare(known);
        SealSource.declare(known);
        Login.declare(known);
        try {
            return with(new Invocation(OptionCommand.parse(options, known), terminal), work);
        } catch (UsageException e) {
            throw HsmException.argumentInvalid(e.text()).causedBy(e);
        }
    }

    private static <T> T with(Invocation invocation, Function<Session, T> work) {
        Optional<String> user = invocation.find("as");
        try (ModuleAccess module = AccessCommand.access(invocation);
                Session session = new Login(invocation, user).open(module)) {
            return work.apply(session);
        }
    }
}
