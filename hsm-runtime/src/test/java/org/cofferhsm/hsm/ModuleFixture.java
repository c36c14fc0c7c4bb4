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
    private final SessionForm form;
    private Hsm hsm;
    private SessionForm.Entrance entrance;

    private ModuleFixture(Path home, SessionForm form, Hsm hsm) {
        this.home = home;
        this.form = form;
        this.hsm = hsm;
        this.entrance = form.entrance(hsm, home);
    }

    /** A new module with the admin {@code admin}, the crypto users {@code alice} and {@code bob}, the auditor {@code eve}. */
    public static ModuleFixture in(Path home) {
        return in(home, SessionForm.LOCAL);
    }

    /** The same, with sessions of another form. */
    public static ModuleFixture in(Path home, SessionForm form) {
        Hsm hsm = Hsm.initialize(HsmConfig.at(home), KeyFile.in(home));
        hsm.activate(ADMIN_PIN);
        try (Session admin = hsm.login(Hsm.FIRST_ADMIN, ADMIN_PIN)) {
            admin.users().create("alice", Role.CRYPTO_USER, ALICE_PIN);
            admin.users().create("bob", Role.CRYPTO_USER, BOB_PIN);
            admin.users().create("eve", Role.AUDITOR, EVE_PIN);
        }
        return new ModuleFixture(home, form, hsm);
    }

    public Path home() {
        return home;
    }

    public Hsm hsm() {
        return hsm;
    }

    public Session login(String user, char[] pin) {
        return entrance.login(user, pin);
    }

    public Session admin() {
        return login(Hsm.FIRST_ADMIN, ADMIN_PIN);
    }

    public Session alice() {
        return login("alice", ALICE_PIN);
    }

    public Session bob() {
        return login("bob", BOB_PIN);
    }

    public Session eve() {
        return login("eve", EVE_PIN);
    }

    /** Closes the module and opens it again, as another process would. */
    public void reopen() {
        close();
        hsm = Hsm.open(home).unlock(KeyFile.in(home));
        entrance = form.entrance(hsm, home);
    }

    @Override
    public void close() {
        entrance.close();
        hsm.close();
    }
}
