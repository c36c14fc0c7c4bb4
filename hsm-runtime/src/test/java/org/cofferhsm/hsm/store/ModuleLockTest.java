package org.cofferhsm.hsm.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.store.ObjectStoreContract.refuses;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import org.cofferhsm.hsm.error.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModuleLockTest {

    private static final int TURNS = 1000;

    @TempDir
    Path home;

    @Test
    void canBeTakenAgainAfterItWasGivenBack() {
        ModuleLock.acquire(home).close();
        ModuleLock lock = ModuleLock.acquire(home);
        lock.close();
        lock.close();
        ModuleLock.acquire(home).close();
    }

    @Test
    void makesAPrivateDirectoryAndFile() throws IOException {
        Path directory = home.resolve("new/module");
        try (ModuleLock lock = ModuleLock.acquire(directory)) {
            assertThat(lock.home()).isEqualTo(directory.toRealPath());
            assertThat(permissions(directory)).isEqualTo("rwx------");
            assertThat(permissions(directory.resolve(ModuleLock.FILE))).isEqualTo("rw-------");
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void refusesTheSecondOneInTheSameProcess() {
        try (ModuleLock lock = ModuleLock.acquire(home)) {
            refuses(
                    () -> ModuleLock.acquire(home.resolve("../" + home.getFileName())),
                    Reason.MODULE_IN_USE,
                    "in use by pid " + ProcessHandle.current().pid(),
                    lock.home().toString());
        }
    }

    @Test
    void stillKeepsOthersOutAfterAnAttemptInTheSameProcess() throws Exception {
        try (ModuleLock lock = ModuleLock.acquire(home)) {
            refuses(() -> ModuleLock.acquire(home), Reason.MODULE_IN_USE, "in use");
            Process other = otherProcess();
            assertThat(firstLine(other))
                    .startsWith("MODULE_IN_USE")
                    .contains("in use by pid " + ProcessHandle.current().pid());
            assertThat(other.waitFor()).isZero();
            assertThat(lock.home()).isDirectory();
        }
    }

    @Test
    void refusesWithThePidOfTheOtherProcessUntilThatIsKilled() throws Exception {
        Process other = otherProcess();
        assertThat(firstLine(other)).startsWith("locked");
        refuses(() -> ModuleLock.acquire(home), Reason.MODULE_IN_USE, "in use by pid " + other.pid());
        other.destroyForcibly().waitFor();
        ModuleLock.acquire(home).close();
    }

    @Test
    void whoOnlyAsksInAnotherProcessIsNotTakenForTheOwner() throws Exception {
        ModuleLock.acquire(home).close();
        Process other = ChildJvm.start(AskingProgram.class, home.toString());
        assertThat(firstLine(other)).isEqualTo("asking");
        for (int i = 0; i < TURNS; i++) {
            ModuleLock.acquire(home).close();
            assertThat(ModuleLock.ownerOf(home)).isEmpty();
        }
        assertThat(other.isAlive()).isTrue();
        other.destroyForcibly().waitFor();
    }

    @Test
    void canBeAskedForWhileAnotherThreadTakesIt() throws Exception {
        ModuleLock.acquire(home).close();
        CompletableFuture<Void> asking = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 10 * TURNS; i++) {
                ModuleLock.ownerOf(home);
            }
        });
        while (!asking.isDone()) {
            ModuleLock.acquire(home).close();
        }
        asking.get();
    }

    @Test
    void isTakenAndAskedForAlsoWhereTheThreadIsInterrupted() {
        Thread.currentThread().interrupt();
        ModuleLock.acquire(home).close();
        assertThat(ModuleLock.ownerOf(home)).isEmpty();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void doesNotTakeADirectoryForItsFile() throws IOException {
        Files.createDirectory(home.resolve(ModuleLock.FILE));
        refuses(() -> ModuleLock.acquire(home), Reason.STORE_UNAVAILABLE, "cannot be locked");
        Files.delete(home.resolve(ModuleLock.FILE));
        ModuleLock.acquire(home).close();
    }

    @Test
    void doesNotWriteThroughALink() throws IOException {
        Path other = Files.writeString(home.resolve("other"), "precious");
        Path module = Files.createDirectory(home.resolve("module"));
        Files.createSymbolicLink(module.resolve(ModuleLock.FILE), other);

        refuses(() -> ModuleLock.acquire(module), Reason.STORE_UNAVAILABLE, "cannot be locked");
        assertThat(ModuleLock.ownerOf(module)).isEmpty();
        assertThat(other).hasContent("precious");
    }

    private Process otherProcess() throws IOException {
        return ChildJvm.start(LockingProgram.class, home.toString());
    }

    private static String firstLine(Process process) throws IOException {
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        return out.readLine();
    }
}
