package org.cofferhsm.hsm.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.ServiceAddress;
import org.cofferhsm.hsm.channel.StatusClient;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.ModuleHome;
import org.cofferhsm.hsm.command.OptionCommand;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.command.SealSource;

/** {@code coffer unlock}: proves the seal, checks store and log, and ends what {@code coffer lock} began. */
final class UnlockCommand extends OptionCommand {

    UnlockCommand() {
        super("unlock", "Prove the seal and let programs open the module again, also while coffer serve runs");
    }

    @Override
    protected void declare(OptionSet options) {
        ModuleHome.declare(options);
        SealSource.declare(options);
    }

    @Override
    protected Answer answer(Invocation invocation) {
        Path home = ModuleHome.of(invocation);
        Optional<ServiceAddress> service = Hsm.serviceOf(home);
        return service.isPresent() ? unlock(invocation, service.get()) : unlock(invocation, home, Hsm.open(home));
    }

    private static Answer unlock(Invocation invocation, ServiceAddress service) {
        try (StatusClient client = StatusClient.connect(service)) {
            return SealSource.use(invocation, ModuleHome.of(invocation), seal -> {
                client.unlock(seal);
                return opens();
            });
        }
    }

    private static Answer unlock(Invocation invocation, Path home, Hsm opened) {
        try (Hsm hsm = opened) {
            SealSource.use(invocation, home, hsm::liftLockDown);
            return opens();
        }
    }

    private static Answer opens() {
        return Answer.message("The module opens, and its store and audit log are whole");
    }
}
