package org.cofferhsm.hsm.cli;

import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.user.Role;
import org.cofferhsm.hsm.user.UserInfo;

/** The role of a user that a command names; CloudHSM's scripts name the role too, and here it is checked. */
final class ExpectedRole {

    private ExpectedRole() {}

    static String of(Invocation invocation, Session session, String name) {
        Role found = role(session, name);
        invocation.find("role").map(Role::named).filter(role -> role != found).ifPresent(role -> {
            throw HsmException.userNotFound("the user \"" + name + "\" is " + found + ", not " + role);
        });
        return found.toString();
    }

    /** Not every user may see the others. */
    private static Role role(Session session, String name) {
        UserInfo self = session.user();
        return self.name().equals(name)
                ? self.role()
                : session.users().list().stream()
                        .filter(user -> user.name().equals(name))
                        .findFirst()
                        .map(UserInfo::role)
                        .orElseThrow(() ->
                                HsmException.userNotFound("no user is called \"" + name + "\"; see coffer user list"));
    }
}
