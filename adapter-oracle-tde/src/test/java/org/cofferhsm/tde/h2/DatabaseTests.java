package org.cofferhsm.tde.h2;

import java.nio.file.Path;
import org.cofferhsm.hsm.testing.SharedModule;
import org.cofferhsm.tde.TdeKeystore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A database of customers under the keystore of a user of its own, in a module that all tests of a class share. */
abstract class DatabaseTests {
    @RegisterExtension
    static final SharedModule MODULE = new SharedModule();

    @TempDir
    Path directory;

    TdeKeystore keystore;
    H2Keystores.Registration registration;
    TestTablespace database;

    @BeforeEach
    void register() {
        keystore = new TdeKeystore(MODULE.login());
        keystore.setKey("first");
        registration = H2Keystores.register(TestTablespace.KEYSTORE, KeystoreAccess.of(keystore));
        database = new TestTablespace(directory);
    }

    @AfterEach
    void unregister() {
        registration.close();
    }
}
