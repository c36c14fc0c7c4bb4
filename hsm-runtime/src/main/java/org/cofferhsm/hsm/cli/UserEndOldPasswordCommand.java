package org.cofferhsm.hsm.cli;

import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.session.Session;

/** {@code coffer user end-old-password}: ends the PIN that a change left good for a while. */
final class UserEndOldPasswordCommand extends UserCommand {

    UserEndOldPasswordCommand() {
        super("user end-old-password", "End one's own old PIN before its time, or as an admin another user's");
    }

    @Override
    protected void declare(OptionSet options) {
        options.required("username", "NAME", "whose old PIN").value("role", "ROLE", "the user's role, to be sure");
        super.declare(options);
    }

    @Override
    protected Answer answer(Invocation invocation, Session session) {
        String name = invocation.get("username");
        String role = ExpectedRole.of(invocation, session, name);
        session.users().endOldPin(name);
        return done(name, role, "No old PIN of the " + role + " " + name + " is good any more");
    }
}
