package org.cofferhsm.hsm.cli;

import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.user.Role;

/** {@code coffer user create}. */
final class UserCreateCommand extends UserCommand {

    UserCreateCommand() {
        super("user create", "Make a user (admins only)");
    }

    @Override
    protected void declare(OptionSet options) {
        options.required("username", "NAME", "the new user").required("role", "ROLE", "crypto-user, admin or auditor");
        NewPin.declare(options);
        super.declare(options);
    }

    @Override
    protected Answer answer(Invocation invocation, Session session) {
        String name = invocation.get("username");
        Role role = Role.named(invocation.get("role"));
        NewPin.use(invocation, name, pin -> session.users().create(name, role, pin));
        return done(name, role.toString(), "Made the " + role + " " + name);
    }
}
