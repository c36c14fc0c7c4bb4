package org.cofferhsm.hsm.testing;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.HsmConfig;
import org.cofferhsm.hsm.KeyFile;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.user.Role;

/** A real module in a test's own directory, with crypto users that all have the same PIN. */
public record TestModule(Path home) {
    /** The PIN of all of them, and of the admin. */
    public static final String PIN = "Correct-Horse-42";

    /** Makes the module and its users; nobody owns it afterwards. */
    public static TestModule create(Path home, String... users) {
        try (Hsm hsm = Hsm.initialize(HsmConfig.at(home), KeyFile.in(home))) {
            hsm.activate(PIN.toCharArray());
            try (Session admin = hsm.login("admin", PIN.toCharArray())) {
                List.of(users).forEach(user -> admin.users().create(user, Role.CRYPTO_USER, PIN.toCharArray()));
            }
        }
        return new TestModule(home);
    }

    /** Takes hold of the module, unlocked. */
    public Hsm open() {
        return Hsm.open(home).unlock(KeyFile.in(home));
    }

    /** Logs a user in. */
    public static Session login(Hsm hsm, String user) {
        return hsm.login(user, PIN.toCharArray());
    }

    /** Works as a user; the module is free again afterwards. */
    public <T> T as(String user, Function<Session, T> work) {
        try (Hsm hsm = open();
                Session session = login(hsm, user)) {
            return work.apply(session);
        }
    }

    /** What an outside program needs to open the module as this user. */
    public Map<String, String> environment(String user) {
        return Map.of("COFFER_HOME", home.toString(), "COFFER_PIN", user + ":" + PIN);
    }
}
