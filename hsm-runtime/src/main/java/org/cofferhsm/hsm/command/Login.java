package org.cofferhsm.hsm.command;

import java.util.Arrays;
import java.util.Optional;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.access.ModuleAccess;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.user.Role;

/** Who logs in for a command, and where the PIN comes from: a file, the environment, or a prompt. */
public record Login(Invocation invocation, Optional<String> user) {

    public static final String PIN_VARIABLE = "COFFER_PIN";
    private static final String CLOUDHSM_PIN = "CLOUDHSM_PIN";
    private static final String CLOUDHSM_ROLE = "CLOUDHSM_ROLE";

    public static void declare(OptionSet options) {
        options.value("as", "USER", "who logs in; the PIN comes from COFFER_PIN=user:pin, --pin-file or a prompt")
                .value("pin-file", "FILE", "a file that holds user:pin, or with --as the PIN alone");
    }

    public Session open(ModuleAccess module) {
        try (Credentials credentials = credentials()) {
            return open(module, credentials);
        }
    }

    public static Session open(ModuleAccess module, Credentials credentials) {
        return checked(module.login(credentials.user(), credentials.pin()), credentials.role());
    }

    /** For what only the owner of a module may do with a session. */
    public Session open(Hsm owned) {
        try (Credentials credentials = credentials()) {
            return checked(owned.login(credentials.user(), credentials.pin()), credentials.role());
        }
    }

    /** CloudHSM's scripts name the role they expect. */
    private static Session checked(Session session, Optional<Role> role) {
        if (role.isEmpty() || role.get() == session.user().role()) {
            return session;
        }
        try (session) {
            throw HsmException.roleNotPermitted("the user \"" + session.user().name() + "\" is "
                    + session.user().role() + ", not " + role.get() + " as " + CLOUDHSM_ROLE + " says");
        }
    }

    /** The caller closes them. */
    public Credentials credentials() {
        Optional<Credentials> found = fromFile();
        if (found.isEmpty()) {
            found = fromEnvironment(PIN_VARIABLE, Optional.empty());
        }
        if (found.isEmpty()) {
            found = fromEnvironment(
                    CLOUDHSM_PIN, invocation.environment(CLOUDHSM_ROLE).map(Role::named));
        }
        if (found.isEmpty()) {
            found = fromPrompt();
        }
        return found.orElseThrow(this::missing);
    }

    private Optional<Credentials> fromFile() {
        return SecretSource.file(invocation, "pin-file").map(this::fromFile);
    }

    private Credentials fromFile(char[] line) {
        if (user.isPresent() && !startsWith(line, user.get() + ":")) {
            return new Credentials(user.get(), line, Optional.empty());
        }
        return Credentials.parse(line, Optional.empty())
                .orElseThrow(() -> new UsageException("the PIN file holds no user:pin; name the user by --as"));
    }

    private static boolean startsWith(char[] line, String start) {
        int length = start.length();
        return line.length >= length && Arrays.equals(line, 0, length, start.toCharArray(), 0, length);
    }

    /** A variable that is there but belongs to another user than the one asked for does not count. */
    private Optional<Credentials> fromEnvironment(String variable, Optional<Role> role) {
        Optional<char[]> text = SecretSource.environment(invocation, variable);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<Credentials> found = Credentials.parse(text.get(), role);
        if (found.isEmpty()) {
            throw new UsageException(variable + " is not of the form user:pin");
        }
        return user.isEmpty() || user.get().equals(found.get().user()) ? found : Optional.empty();
    }

    private Optional<Credentials> fromPrompt() {
        return user.flatMap(name -> invocation
                .terminal()
                .askSecret("PIN of " + Printable.of(name) + ": ")
                .map(pin -> new Credentials(name, pin, Optional.empty())));
    }

    private UsageException missing() {
        return new UsageException(user.map(name -> "no PIN for \"" + name + "\": set " + PIN_VARIABLE + "=" + name
                        + ":PIN, or give --pin-file, or run this in a terminal")
                .orElse("nobody to log in: set " + PIN_VARIABLE + "=user:pin, or give --as USER or --pin-file FILE"));
    }
}
