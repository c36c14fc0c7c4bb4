package org.cofferhsm.hsm.cli;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.cofferhsm.hsm.access.ModuleAccess;
import org.cofferhsm.hsm.command.AccessCommand;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Credentials;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.Login;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.command.UsageException;
import org.cofferhsm.hsm.session.Session;

/** {@code coffer user change-password}: one's own PIN, or as an admin another user's, which unlocks that user. */
final class UserChangePasswordCommand extends AccessCommand {

    private static final String OLD_VALID_FOR = "old-password-valid-for";

    UserChangePasswordCommand() {
        super("user change-password", "Change one's own PIN, or as an admin set and unlock another user's");
    }

    @Override
    protected void declare(OptionSet options) {
        options.required("username", "NAME", "whose PIN").value("role", "ROLE", "the user's role, to be sure");
        options.value(
                OLD_VALID_FOR,
                "TIME",
                "the old PIN goes on logging in for so long: 1m to 30d; one's own PIN of a crypto user only");
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
            Optional<Duration> overlap = invocation.find(OLD_VALID_FOR).map(TimeSpan::parse);
            NewPin.use(invocation, name, pin -> change(session, new Proof(name, credentials, overlap), pin));
            return Answer.sentence(
                    () -> Map.of("username", name, "role", role),
                    "Changed the PIN of the " + role + " " + name + until(session));
        }
    }

    private static String until(Session session) {
        return session.user()
                .oldPinUntil()
                .map(time -> "; the old one logs in until " + time + ", or until coffer user end-old-password")
                .orElse("");
    }

    /** Whoever changes their own PIN proves the old one: the one they have just logged in with. */
    private static void change(Session session, Proof proof, char[] newPin) {
        if (!proof.isOwn()) {
            session.users().resetPin(proof.name(), newPin);
        } else if (proof.overlap().isPresent()) {
            session.users()
                    .changeOwnPin(
                            proof.credentials().pin(), newPin, proof.overlap().get());
        } else {
            session.users().changeOwnPin(proof.credentials().pin(), newPin);
        }
    }

    /** Whose PIN is changed, by whom, and how long the old one stays good. */
    private record Proof(String name, Credentials credentials, Optional<Duration> overlap) {

        Proof {
            if (overlap.isPresent() && !credentials.user().equals(name)) {
                throw new UsageException("--" + OLD_VALID_FOR
                        + " is for one's own PIN: a PIN that an admin sets ends the" + " old one at once");
            }
        }

        boolean isOwn() {
            return credentials.user().equals(name);
        }
    }
}
