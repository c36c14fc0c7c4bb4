package org.cofferhsm.hsm.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.store.Records.change;
import static org.cofferhsm.hsm.store.Records.object;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.cofferhsm.hsm.error.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2StoreTest extends ObjectStoreContract {

    @TempDir
    Path home;

    private ModuleLock lock;

    private ModuleLock lock() {
        if (lock == null) {
            lock = ModuleLock.acquire(home);
        }
        return lock;
    }

    @AfterEach
    void unlock() {
        lock().close();
    }

    @Override
    ObjectStore create(RecordProtection keys) {
        return H2Store.create(lock(), Records.MODULE, keys);
    }

    @Override
    ObjectStore open(RecordProtection keys) {
        return H2Store.open(lock(), Records.MODULE, keys);
    }

    @Override
    void tamper(String... statements) {
        H2File.in(home).tamper(statements);
    }

    @Test
    void refusesWhenTheFileIsMissing() throws IOException {
        store.close();
        Files.delete(H2File.in(home).path());
        refuses(() -> open(protection), Reason.STORE_UNAVAILABLE, "objects.mv.db is missing");
    }

    @Test
    void makesOneFileThatOnlyItsOwnerMayRead() throws IOException {
        store.commit(List.of(change("x", object(1, "a"))));
        try (Stream<Path> files = Files.list(home)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("module.lock", "objects.mv.db");
        }
        assertThat(permissionsOfTheFile()).isEqualTo("rw-------");
    }

    @Test
    void startsAgainAfterACreationThatWasCutShort() throws IOException {
        store.close();
        Files.move(H2File.in(home).path(), home.resolve("objects-unfinished.mv.db"));
        store = create(protection);
        assertThat(store.records()).isEmpty();
    }

    @Test
    void refusesADirectoryThatH2CannotName() throws IOException {
        Path odd = Files.createDirectory(home.resolve("a;b"));
        try (ModuleLock other = ModuleLock.acquire(odd)) {
            refuses(() -> H2Store.create(other, Records.MODULE, protection), Reason.ARGUMENT_INVALID, "semicolon");
        }
    }

    @Test
    void givesSpaceBackBeforeItsFileGrowsWithoutBounds() throws IOException {
        byte[] large = new byte[Draft.MAX_BYTES];
        store.commit(List.of(change("x", object(1, "kept"))));
        for (int i = 0; i < 8; i++) {
            store.announced(store.root().change());
            store.commit(Collections.nCopies(10, new Change(List.of(), List.of(), large)));
        }
        assertThat(Files.size(H2File.in(home).path())).isLessThan(60L << 20);
        assertThat(permissionsOfTheFile()).isEqualTo("rw-------");
        store.commit(List.of(change("x", object(2, "after"))));
        assertThat(reopenedContents()).containsOnlyKeys("object 0x0000000000000001", "object 0x0000000000000002");
        assertThat(store.root().change()).isEqualTo(82);
    }

    @Test
    void goesOnWithItsFileWhereNoCopyCanBeMade() throws Exception {
        store.commit(List.of(change("x", object(1, "kept"))));
        store.close();
        Path inTheWay = Files.createDirectory(home.resolve("objects-tidy.mv.db"));
        Files.writeString(inTheWay.resolve("file"), "");

        H2Database database = H2Database.open(H2Database.FILE_SYSTEM, home.resolve(H2Store.NAME));
        database.rewrite();
        database.close();

        assertThat(reopenedContents()).containsOnlyKeys("object 0x0000000000000001");
        store.commit(List.of(change("x", object(2, "after"))));
        assertThat(reopenedContents()).hasSize(2);
    }

    @Test
    void givesSpaceBackAlsoWhereTheThreadIsInterrupted() throws Exception {
        store.commit(List.of(change("x", object(1, "kept"))));
        store.close();
        H2Database database = H2Database.open(H2Database.FILE_SYSTEM, home.resolve(H2Store.NAME));
        Thread.currentThread().interrupt();
        database.rewrite();
        Thread.interrupted(); // or the tests that follow
        database.close();

        assertThat(home.resolve("objects-tidy.mv.db")).doesNotExist();
        assertThat(reopenedContents()).containsOnlyKeys("object 0x0000000000000001");
    }

    private String permissionsOfTheFile() throws IOException {
        return PosixFilePermissions.toString(
                Files.getPosixFilePermissions(H2File.in(home).path()));
    }
}
