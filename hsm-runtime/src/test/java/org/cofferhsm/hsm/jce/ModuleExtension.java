package org.cofferhsm.hsm.jce;

import java.io.IOException;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.testing.ScratchDirectory;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One module for all tests of a class, with alice logged in. */
final class ModuleExtension implements BeforeAllCallback, AfterAllCallback {

    private ScratchDirectory directory;
    private TestModule module;
    private Session session;
    private CofferProvider provider;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        directory = ScratchDirectory.create("coffer-jce");
        module = TestModule.in(directory.path().resolve("module"));
        session = module.alice();
        provider = CofferProvider.of(session);
    }

    TestModule module() {
        return module;
    }

    Session session() {
        return session;
    }

    CofferProvider provider() {
        return provider;
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        session.close();
        module.close();
        directory.close();
    }
}
