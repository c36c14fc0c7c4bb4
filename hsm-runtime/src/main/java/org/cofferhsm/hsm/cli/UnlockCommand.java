package org.cofferhsm.hsm.cli;

import java.nio.file.Path;
import org.cofferhsm.hsm.Hsm;

/** {@code coffer unlock}: proves the seal, checks store and log, and ends what {@code coffer lock} began. */
final class UnlockCommand extends OptionCommand {

    UnlockCommand() {
        super("unlock", "Prove the seal and let programs open the module again");
    }

    @Override
    void declare(OptionSet options) {
        ModuleHome.declare(options);
        SealSource.declare(options);
    }

    @Override
    Answer answer(Invocation invocation) {
        Path home = ModuleHome.of(invocation);
        try (Hsm hsm = Hsm.open(home)) {
            SealSource.use(invocation, home, hsm::liftLockDown);
            return Answer.message("The module opens, and its store and audit log are whole");
        }
    }
}
