package org.cofferhsm.hsm.cli;

import java.util.Map;
import org.cofferhsm.hsm.access.ModuleAccess;
import org.cofferhsm.hsm.command.AccessCommand;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Credentials;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.Login;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.session.Session;

/** {@code coffer user change-password}: one's own PIN, or as an admin another user's, which unlocks that user. */
final class UserChangePasswordCommand extends AccessCommand {

    UserChangePasswordCommand() {
        super("user change-password", "Change one's own PIN, or as an admin set and unlock another user's");
    }

    @Override
    protected void declare(OptionSet options) {
        options.required("username", "NAME", "whose PIN").value("role", "ROLE", "the user's role, to be sure");
        NewPin.declare(options);
        Login.declare(options);
        super.declare(options);
    }

    @Override
    protected Answer answer(Invocation invocation, ModuleAccess module) {
        try (Credentials credentials = new Login(invocation, invocation.find("as")).credentials();
                Session session = Login.open(module, credentials)) {
            String name = invocation.get("username");
            String role = ExpectedRole.of(invocation, session, name);
            NewPin.use(invocation, name, pin -> change(session, credentials, name, pin));
            return Answer.sentence(
                    () -> Map.of("username", name, "role", role), "Changed the PIN of the " + role + " " + name);
        }
    }

    /** Whoever changes their own PIN proves the old one: the one they have just logged in with. */
    private static void change(Session session, Credentials credentials, String name, char[] newPin) {
        if (credentials.user().equals(name)) {
            session.users().changeOwnPin(credentials.pin(), newPin);
        } else {
            session.users().resetPin(name, newPin);
        }
    }
}
