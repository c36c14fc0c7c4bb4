package org.cofferhsm.samples;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.HsmConfig;
import org.cofferhsm.hsm.KeyFile;
import org.cofferhsm.hsm.ModuleState;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.user.Role;
import org.cofferhsm.hsm.user.UserInfo;

/**
 * The module that a sample works with: made in a directory when it is not there, with an admin and the sample's crypto
 * user.
 */
final class DemoModule {

    private final Path home;
    private final char[] pin;

    DemoModule(Path home, char[] pin) {
        this.home = home;
        this.pin = pin;
    }

    /** Runs a sample as its user: the directory is the first argument, the PIN is in {@code DEMO_PIN}. */
    static void run(String[] arguments, String user, Consumer<Session> sample) {
        String pin = Optional.ofNullable(System.getenv("DEMO_PIN")).orElse("");
        if (arguments.length == 0 || pin.isEmpty()) {
            throw HsmException.argumentInvalid(
                    "give a directory for the module as the first argument, and a PIN in the environment as DEMO_PIN");
        }
        char[] characters = pin.toCharArray();
        try {
            new DemoModule(Path.of(arguments[0]), characters).as(user, sample);
        } finally {
            Arrays.fill(characters, '\0');
        }
    }

    void as(String user, Consumer<Session> sample) {
        try (Hsm hsm = open()) {
            try (Session admin = hsm.login("admin", pin)) {
                if (admin.users().list().stream().map(UserInfo::name).noneMatch(user::equals)) {
                    admin.users().create(user, Role.CRYPTO_USER, pin);
                }
            }
            try (Session session = hsm.login(user, pin)) {
                sample.accept(session);
            }
        }
    }

    private Hsm open() {
        if (Hsm.stateOf(home) != ModuleState.UNINITIALIZED) {
            return Hsm.open(home).unlock(KeyFile.in(home));
        }
        Hsm hsm = Hsm.initialize(HsmConfig.at(home), KeyFile.in(home));
        hsm.activate(pin);
        return hsm;
    }

    /** Where a sample prints. */
    static PrintStream out() {
        return System.out;
    }
}
