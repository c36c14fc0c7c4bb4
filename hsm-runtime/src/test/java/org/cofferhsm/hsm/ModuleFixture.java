package org.cofferhsm.hsm;

import java.nio.file.Path;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.user.Role;

/** A real module in a directory, with an admin and two crypto users, and sessions in it. */
public final class ModuleFixture implements AutoCloseable {

    public static final char[] ADMIN_PIN = "admin-pin-1".toCharArray();
    public static final char[] ALICE_PIN = "alice-pin-1".toCharArray();
    public static final char[] BOB_PIN = "bob-pin-0001".toCharArray();
    public static final char[] EVE_PIN = "eve-pin-0001".toCharArray();

    private final Path home;
    private Hsm hsm;

    private ModuleFixture(Path home, Hsm hsm) {
        this.home = home;
        this.hsm = hsm;
    }

    /** A new module with the admin {@code admin}, the crypto users {@code alice} and {@code bob}, the auditor {@code eve}. */
    public static ModuleFixture in(Path home) {
        Hsm hsm = Hsm.initialize(HsmConfig.at(home), KeyFile.in(home));
        hsm.activate(ADMIN_PIN);
        try (Session admin = hsm.login(Hsm.FIRST_ADMIN, ADMIN_PIN)) {
            admin.users().create("alice", Role.CRYPTO_USER, ALICE_PIN);
            admin.users().create("bob", Role.CRYPTO_USER, BOB_PIN);
            admin.users().create("eve", Role.AUDITOR, EVE_PIN);
        }
        return new ModuleFixture(home, hsm);
    }

    public Path home() {
        return home;
    }

    public Hsm hsm() {
        return hsm;
    }

    public Session admin() {
        return hsm.login(Hsm.FIRST_ADMIN, ADMIN_PIN);
    }

    public Session alice() {
        return hsm.login("alice", ALICE_PIN);
    }

    public Session bob() {
        return hsm.login("bob", BOB_PIN);
    }

    public Session eve() {
        return hsm.login("eve", EVE_PIN);
    }

    /** Closes the module and opens it again, as another process would. */
    public void reopen() {
        hsm.close();
        hsm = Hsm.open(home).unlock(KeyFile.in(home));
    }

    @Override
    public void close() {
        hsm.close();
    }
}
