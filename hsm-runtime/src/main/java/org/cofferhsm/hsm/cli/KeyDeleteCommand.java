package org.cofferhsm.hsm.cli;

import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.command.SessionCommand;
import org.cofferhsm.hsm.session.Session;

/** {@code coffer key delete}. */
final class KeyDeleteCommand extends SessionCommand {

    KeyDeleteCommand() {
        super("key delete", "Destroy a key for good");
    }

    @Override
    protected void declare(OptionSet options) {
        options.requiredValues("filter", "FILTER", KeyFilter.SYNTAX);
        super.declare(options);
    }

    @Override
    protected Answer answer(Invocation invocation, Session session) {
        session.destroy(KeyFilter.of(invocation, "filter").one(session));
        return Answer.message("Key deleted successfully");
    }
}
