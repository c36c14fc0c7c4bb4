package org.cofferhsm.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.RefusalAssert.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.session.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Old copies of the store or of the log, put back while the module is closed, are refused by name. */
class ContinuityTest {

    @TempDir
    Path home;

    @TempDir
    Path copies;

    @Test
    void anOldStoreIsRefused() throws Exception {
        makeModule();
        copy(home.resolve("objects.mv.db"), copies.resolve("old"));
        makeKey("later");
        copy(copies.resolve("old"), home.resolve("objects.mv.db"));

        try (Hsm hsm = Hsm.open(home)) {
            assertThat(assertRefused(Reason.STORE_TAMPERED, () -> hsm.unlock(KeyFile.in(home))))
                    .hasMessageContaining("rolled back");
            assertThat(hsm.state()).isEqualTo(ModuleState.ERROR);
            assertRefused(Reason.MODULE_IN_ERROR, () -> hsm.login("alice", ModuleFixture.ALICE_PIN));
        }
    }

    @Test
    void anOldLogIsRefused() throws Exception {
        makeModule();
        copyTree(home.resolve("audit"), copies.resolve("audit"));
        makeKey("later");
        deleteTree(home.resolve("audit"));
        copyTree(copies.resolve("audit"), home.resolve("audit"));

        try (Hsm hsm = Hsm.open(home)) {
            assertThat(assertRefused(Reason.AUDIT_TAMPERED, () -> hsm.unlock(KeyFile.in(home))))
                    .hasMessageContaining("audit log");
        }
    }

    @Test
    void aLostLogIsRefused() throws Exception {
        makeModule();
        makeKey("one");
        deleteTree(home.resolve("audit"));

        try (Hsm hsm = Hsm.open(home)) {
            assertRefused(Reason.AUDIT_TAMPERED, () -> hsm.unlock(KeyFile.in(home)));
        }
    }

    @Test
    void aLostStoreIsRefused() throws Exception {
        makeModule();
        Files.delete(home.resolve("objects.mv.db"));

        try (Hsm hsm = Hsm.open(home)) {
            assertThat(assertRefused(Reason.STORE_UNAVAILABLE, () -> hsm.unlock(KeyFile.in(home))))
                    .hasMessageContaining("objects.mv.db");
        }
    }

    private void makeModule() {
        try (ModuleFixture module = ModuleFixture.in(home);
                Session alice = module.alice()) {
            alice.generate(KeyTemplate.aes(256).labelled("first"));
        }
    }

    private void makeKey(String label) {
        try (Hsm hsm = Hsm.open(home).unlock(KeyFile.in(home));
                Session alice = hsm.login("alice", ModuleFixture.ALICE_PIN)) {
            alice.generate(KeyTemplate.aes(256).labelled(label));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.write(to, Files.readAllBytes(from));
    }

    private static void copyTree(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static void deleteTree(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
