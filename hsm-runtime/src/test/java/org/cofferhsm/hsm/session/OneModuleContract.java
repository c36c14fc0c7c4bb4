package org.cofferhsm.hsm.session;

import java.nio.file.Path;
import org.cofferhsm.hsm.ModuleFixture;
import org.cofferhsm.hsm.SessionForm;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** One module for all tests of a class, with alice logged in; its sessions have the form that the class is about. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class OneModuleContract {

    @TempDir
    static Path directory;

    final SessionForm form;

    ModuleFixture module;
    Session alice;

    OneModuleContract(SessionForm form) {
        this.form = form;
    }

    @BeforeAll
    void openModule() {
        module = ModuleFixture.in(directory, form);
        alice = module.alice();
    }

    @AfterAll
    void closeModule() {
        module.close();
    }
}
