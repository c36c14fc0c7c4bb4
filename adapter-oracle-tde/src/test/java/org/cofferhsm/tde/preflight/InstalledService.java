package org.cofferhsm.tde.preflight;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.cofferhsm.hsm.ServiceAddress;
import org.cofferhsm.hsm.access.ModuleAccess;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.testing.ServedModule;
import org.cofferhsm.hsm.testing.TestModule;
import org.cofferhsm.tde.install.InstallRequest;
import org.cofferhsm.tde.install.Installation;
import org.cofferhsm.tde.install.InstalledModule;
import org.cofferhsm.tde.install.Layout;
import org.cofferhsm.tde.install.OracleTree;
import org.cofferhsm.tde.install.Owner;

/** A real module, a real service on it, and the real library where Oracle would look for it. */
record InstalledService(TestModule module, ServedModule service, InstalledModule installed) implements AutoCloseable {

    static final String USER = "orcl";

    static InstalledService in(Path directory) throws Exception {
        TestModule module = TestModule.create(directory.resolve("module"), USER, "other");
        ServedModule service = ServedModule.start(module);
        Path root = Files.createDirectory(directory.resolve("image"));
        InstalledModule installed = new InstalledModule(new OracleTree(root, OracleTree.USUAL_BASE, Layout.HSM), "1.0");
        Installation.of(new InstallRequest(
                        installed, ServedModule.library(), Optional.of(service.socket()), Owner.of(root)))
                .make();
        return new InstalledService(module, service, installed);
    }

    byte[] pin() {
        return module.environment(USER).get("COFFER_PIN").getBytes(StandardCharsets.UTF_8);
    }

    PreflightRequest request(List<Witness> witnesses) {
        return new PreflightRequest(installed.tree(), installed.library(), 3, Duration.ofSeconds(30), witnesses);
    }

    PreflightReport check(byte[] pin, Restart restart) {
        return new Preflight(request(List.of()), restart).run(pin);
    }

    PreflightReport check() {
        return check(pin(), Restart.none());
    }

    /** Works as the database's user, through the service. */
    <T> T as(Function<Session, T> work) {
        try (ModuleAccess access = ModuleAccess.through(ServiceAddress.onSocket(service.socket()));
                Session session = access.login(USER, TestModule.PIN.toCharArray())) {
            return work.apply(session);
        }
    }

    /** As an operator does it. */
    Restart restart() {
        return () -> {
            try {
                service.restart();
                return Restart.Outcome.done("by the test");
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        };
    }

    @Override
    public void close() {
        service.close();
    }
}
