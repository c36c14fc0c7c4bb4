package org.cofferhsm.hsm.cli;

import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.session.Session;

/** {@code coffer user delete}. */
final class UserDeleteCommand extends UserCommand {

    UserDeleteCommand() {
        super("user delete", "Remove a user that owns no keys (admins only)");
    }

    @Override
    protected void declare(OptionSet options) {
        options.required("username", "NAME", "the user to remove").value("role", "ROLE", "the user's role, to be sure");
        super.declare(options);
    }

    @Override
    protected Answer answer(Invocation invocation, Session session) {
        String name = invocation.get("username");
        String role = ExpectedRole.of(invocation, session, name);
        session.users().delete(name);
        return done(name, role, "Removed the " + role + " " + name);
    }
}
