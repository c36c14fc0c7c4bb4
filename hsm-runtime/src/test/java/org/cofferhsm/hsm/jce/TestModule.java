package org.cofferhsm.hsm.jce;

import java.nio.file.Path;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.HsmConfig;
import org.cofferhsm.hsm.KeyFile;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.user.Role;

/** A module in a temporary directory with the crypto users alice and bob; their PINs are {@link #PIN}. */
final class TestModule implements AutoCloseable {

    static final String PIN = "correct-horse-1";
    static final String ALICE = "alice:" + PIN;

    private final Path home;
    private final Hsm hsm;

    private TestModule(Path home, Hsm hsm) {
        this.home = home;
        this.hsm = hsm;
    }

    static TestModule in(Path home) {
        Hsm hsm = Hsm.initialize(HsmConfig.at(home), KeyFile.in(home));
        hsm.activate(PIN.toCharArray());
        try (Session admin = hsm.login("admin", PIN.toCharArray())) {
            admin.users().create("alice", Role.CRYPTO_USER, PIN.toCharArray());
            admin.users().create("bob", Role.CRYPTO_USER, PIN.toCharArray());
        }
        return new TestModule(home, hsm);
    }

    /** The same, closed again, for a provider or a child process to open. */
    static Path closedIn(Path home) {
        TestModule module = in(home);
        module.close();
        return home;
    }

    Path home() {
        return home;
    }

    Session alice() {
        return hsm.login("alice", PIN.toCharArray());
    }

    Session bob() {
        return hsm.login("bob", PIN.toCharArray());
    }

    Session admin() {
        return hsm.login("admin", PIN.toCharArray());
    }

    @Override
    public void close() {
        hsm.close();
    }
}
