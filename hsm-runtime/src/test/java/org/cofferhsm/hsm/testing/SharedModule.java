package org.cofferhsm.hsm.testing;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.user.Role;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One open module for all tests of a class, since it takes a second to make. Each test has users of its own, and the
 * sessions it logs in to are closed after it.
 */
public final class SharedModule implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

    private final Deque<Session> sessions = new ArrayDeque<>();
    private ScratchDirectory home;
    private Hsm hsm;
    private int users;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        home = ScratchDirectory.create("coffer-shared");
        hsm = TestModule.create(home.path().resolve("module")).open();
    }

    /** The module itself. */
    public Hsm hsm() {
        return hsm;
    }

    /** A new crypto user. */
    public String addUser() {
        String name = "user-" + ++users;
        try (Session admin = TestModule.login(hsm, Hsm.FIRST_ADMIN)) {
            admin.users().create(name, Role.CRYPTO_USER, TestModule.PIN.toCharArray());
        }
        return name;
    }

    /** A session of a new crypto user. */
    public Session login() {
        return login(addUser());
    }

    /** A session of a user whom the test added. */
    public Session login(String user) {
        Session session = TestModule.login(hsm, user);
        sessions.push(session);
        return session;
    }

    /** A session of the admin. */
    public Session admin() {
        return login(Hsm.FIRST_ADMIN);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        while (!sessions.isEmpty()) {
            sessions.pop().close();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        hsm.close();
        home.close();
    }
}
