package org.cofferhsm.hsm.cli;

import java.util.Optional;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.ServiceAddress;
import org.cofferhsm.hsm.channel.StatusClient;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Credentials;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.Login;
import org.cofferhsm.hsm.command.ModuleHome;
import org.cofferhsm.hsm.command.ModuleOpening;
import org.cofferhsm.hsm.command.OptionCommand;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.command.SealSource;
import org.cofferhsm.hsm.command.ServicePlace;
import org.cofferhsm.hsm.session.Session;

/** {@code coffer lock}: no program opens the module by its seal any more, until {@code coffer unlock}. */
final class LockCommand extends OptionCommand {

    LockCommand() {
        super("lock", "Lock the module until it is unlocked again (admins only), also while coffer serve runs");
    }

    @Override
    protected void declare(OptionSet options) {
        Login.declare(options);
        ModuleHome.declare(options);
        ServicePlace.declare(options);
        SealSource.declare(options);
    }

    @Override
    protected Answer answer(Invocation invocation) {
        Login login = new Login(invocation, invocation.find("as"));
        Optional<ServiceAddress> service = ServicePlace.of(invocation);
        if (service.isPresent()) {
            lock(service.get(), login);
        } else {
            lock(ModuleOpening.open(invocation, ModuleHome.of(invocation)), login);
        }
        return Answer.message("Locked the module; coffer unlock opens it again");
    }

    private static void lock(ServiceAddress service, Login login) {
        try (StatusClient client = StatusClient.connect(service);
                Credentials credentials = login.credentials()) {
            client.lock(credentials.user(), credentials.pin());
        }
    }

    private static void lock(Hsm opened, Login login) {
        try (Hsm hsm = opened;
                Session session = login.open(hsm)) {
            hsm.lockDown(session);
        }
    }
}
