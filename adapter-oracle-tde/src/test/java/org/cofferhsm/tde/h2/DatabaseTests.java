package org.cofferhsm.tde.h2;

import java.nio.file.Path;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.testing.TestModule;
import org.cofferhsm.tde.TdeKeystore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A database of customers under the keystore of a user of its own, in a module that all tests of a class share. */
abstract class DatabaseTests {
    private static Hsm hsm;

    @TempDir
    Path directory;

    private Session session;
    TdeKeystore keystore;
    H2Keystores.Registration registration;
    TestTablespace database;

    @BeforeAll
    static void open(@TempDir Path home) {
        hsm = TestModule.create(home).open();
    }

    @AfterAll
    static void close() {
        hsm.close();
    }

    @BeforeEach
    void register() {
        session = TestModule.login(hsm, TestModule.addUser(hsm));
        keystore = new TdeKeystore(session);
        keystore.setKey("first");
        registration = H2Keystores.register(TestTablespace.KEYSTORE, KeystoreAccess.of(keystore));
        database = new TestTablespace(directory);
    }

    @AfterEach
    void unregister() {
        registration.close();
        session.close();
    }
}
