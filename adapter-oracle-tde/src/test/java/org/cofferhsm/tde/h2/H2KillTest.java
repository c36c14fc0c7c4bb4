package org.cofferhsm.tde.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.testing.TestModule;
import org.cofferhsm.tde.TablespaceFiles;
import org.cofferhsm.tde.TdeKeystore;
import org.cofferhsm.tde.h2.DatabaseProcess.Work;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Processes that work on a database are killed, or share it: nothing acknowledged is lost. */
class H2KillTest {

    /** As many as there is time for; -Dtde.kills=50 on demand. */
    private static final int KILLS = Integer.getInteger("tde.kills", 2);

    private static final int ROWS = 3_000;

    @TempDir
    private Path home;

    @TempDir
    private Path directory;

    private final Random random = new Random(20261122);
    private TestModule module;
    private TestTablespace database;

    @BeforeEach
    void create() {
        module = TestModule.create(home, "tde");
        database = new TestTablespace(directory);
    }

    private <T> T withKeystore(Function<TdeKeystore, T> work) {
        try (Hsm hsm = module.open();
                Session session = TestModule.login(hsm, "tde")) {
            TdeKeystore keystore = new TdeKeystore(session);
            H2Keystores.Registration registration =
                    H2Keystores.register(TestTablespace.KEYSTORE, KeystoreAccess.of(keystore));
            try {
                return work.apply(keystore);
            } finally {
                registration.close();
            }
        }
    }

    private void fill(String... settings) {
        withKeystore(keystore -> {
            keystore.setKey("first");
            return attempt(() -> {
                database.fill(ROWS, settings);
                return ROWS;
            });
        });
    }

    private int count() {
        return withKeystore(keystore -> attempt(database::count));
    }

    private interface Attempt<T> {
        T run() throws Exception;
    }

    private static <T> T attempt(Attempt<T> work) {
        try {
            return work.run();
        } catch (Exception e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "INSERT, 60, TAG_PAGES=FALSE",
        "INSERT, 60, TAG_PAGES=TRUE",
        "COMPACT, 10, TAG_PAGES=FALSE",
        "COMPACT, 10, TAG_PAGES=TRUE"
    })
    void losesNoDurableRowToKills(Work work, int lines, String setting) throws Exception {
        fill(setting);
        int expected = ROWS;
        for (int kill = 0; kill < KILLS; kill++) {
            int acknowledged = killedAfter(work, 1 + random.nextInt(lines));
            assertThat(acknowledged).isGreaterThan(expected);
            expected = count();
            assertThat(expected).isGreaterThanOrEqualTo(acknowledged);
        }
        assertThat(TestTablespace.leaksIn(directory)).isEmpty();
    }

    @Test
    void opensAfterKillsDuringRotations() throws Exception {
        fill();
        for (int kill = 0; kill < KILLS; kill++) {
            killedAfter(Work.ROTATE, 1 + random.nextInt(20));
            assertThat(count()).isEqualTo(ROWS);
        }
    }

    @Test
    void opensAfterKillsDuringRekeys() throws Exception {
        fill("TAG_PAGES=TRUE");
        for (int kill = 0; kill < KILLS; kill++) {
            killedAfter(Work.REKEY, 1 + random.nextInt(50));
            assertThat(count()).isEqualTo(ROWS);
        }
        assertThat(TestTablespace.leaksIn(directory)).isEmpty();
    }

    private int killedAfter(Work work, int lines) throws Exception {
        try (DatabaseProcess process = DatabaseProcess.start(work, home, directory)) {
            int last = 0;
            for (int i = 0; i < lines; i++) {
                last = process.next();
            }
            return process.kill(last);
        }
    }

    @Test
    void letsOneProcessOpenADatabaseAndAnotherRotateItsKey() throws Exception {
        fill();
        try (DatabaseProcess holder = DatabaseProcess.start(Work.HOLD, home, directory)) {
            assertThat(holder.next()).isEqualTo(ROWS);
            withKeystore(keystore -> {
                assertThatThrownBy(database::count)
                        .hasMessageContaining("open in another process")
                        .hasMessageContaining("ORA-01157");
                assertThatThrownBy(() -> H2Tablespace.at(database.file()).rekey(keystore, PageProgress.UNSEEN))
                        .hasMessageContaining("ORA-01157");
                keystore.setKey("second");
                H2Tablespace tablespace = H2Tablespace.at(database.file());
                tablespace.replace(keystore.rewrap(tablespace.wrappedKey()));
                return keystore;
            });
            holder.tell();
            assertThat(holder.next()).isEqualTo(ROWS + 1);
            holder.process().outputWriter().close();
            assertThat(holder.awaitEnd()).isZero();
        }
        assertThat(count()).isEqualTo(ROWS + 1);
    }

    /** Where any descriptor of the file were closed in this process, its lock would be gone and both would write. */
    @Test
    void keepsTheDatabaseLockedWhileItsHeaderIsFoundAndReplacedHere() throws Exception {
        fill();
        Path link = Files.createSymbolicLink(directory.resolve("customers.key"), database.file());
        try (Connection connection = rotatedWhileOpen(List.of(database.file(), link));
                DatabaseProcess other = DatabaseProcess.start(Work.HOLD, home, directory)) {
            assertThatThrownBy(other::next).hasMessageContaining("ended by itself");
            assertThat(TestTablespace.count(connection)).isEqualTo(ROWS);
        }

        try (DatabaseProcess other = DatabaseProcess.start(Work.HOLD, home, directory)) {
            assertThat(other.next()).isEqualTo(ROWS);
        }
    }

    /** H2 takes it for another database, which it cannot lock, and closes. */
    @Test
    void keepsTheDatabaseLockedWhileItIsOpenedByAnotherUrlHere() throws Exception {
        fill();
        try (Connection connection = triedByAnotherUrl();
                DatabaseProcess other = DatabaseProcess.start(Work.HOLD, home, directory)) {
            assertThatThrownBy(other::next).hasMessageContaining("ended by itself");
            assertThat(TestTablespace.count(connection)).isEqualTo(ROWS);
        }
    }

    private Connection triedByAnotherUrl() {
        return withKeystore(keystore -> attempt(() -> {
            Connection connection = database.connect();
            H2Keystores.Registration other = H2Keystores.register("other", KeystoreAccess.of(keystore));
            try {
                String url = database.url().replace(":hr:", ":other:");
                assertThatThrownBy(() -> DriverManager.getConnection(url, "sa", ""))
                        .hasMessageContaining("ORA-01157");
            } finally {
                other.close();
            }
            return connection;
        }));
    }

    /** A connection that outlives the login by which it was opened. */
    private Connection rotatedWhileOpen(List<Path> files) {
        return withKeystore(keystore -> attempt(() -> {
            Connection connection = database.connect();
            keystore.setKey("while it is open");
            assertThat(keystore.rewrapAll(TablespaceFiles.installed().headersOf(files))
                            .rewrapped())
                    .isEqualTo(1);
            return connection;
        }));
    }

    @Test
    void removesWhatAKilledRekeyLeft() throws IOException {
        fill();
        Path part = directory.resolve("customers.mv.db" + Rekeying.PART);
        Files.write(part, new byte[100_000]);

        withKeystore(keystore -> {
            H2Tablespace.at(database.file()).rekey(keystore, PageProgress.UNSEEN);
            return keystore;
        });

        assertThat(part).doesNotExist();
        assertThat(count()).isEqualTo(ROWS);
    }
}
