package org.cofferhsm.hsm.cli;

import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.session.Session;

/** {@code coffer lock}: no program opens the module by its seal any more, until {@code coffer unlock}. */
final class LockCommand extends ModuleCommand {

    LockCommand() {
        super("lock", "Lock the module until it is unlocked again (admins only)");
    }

    @Override
    void declare(OptionSet options) {
        Login.declare(options);
        super.declare(options);
    }

    @Override
    Answer answer(Invocation invocation, Hsm hsm) {
        try (Session session = new Login(invocation, invocation.find("as")).open(hsm)) {
            hsm.lockDown(session);
        }
        return Answer.message("Locked the module; coffer unlock opens it again");
    }
}
