package org.cofferhsm.hsm.jce;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.cofferhsm.hsm.session.Session;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One module for all tests of a class, with alice logged in. */
final class ModuleExtension implements BeforeAllCallback, AfterAllCallback {

    private TestModule module;
    private Session session;
    private CofferProvider provider;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        module = TestModule.in(Files.createTempDirectory("coffer-jce").resolve("module"));
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
        try (Stream<Path> files = Files.walk(module.home().getParent())) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        }
    }
}
