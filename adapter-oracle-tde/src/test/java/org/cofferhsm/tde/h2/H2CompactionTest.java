package org.cofferhsm.tde.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.h2.engine.Constants;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compacted databases become as short as plain ones, stay encrypted, and keep what they had. */
class H2CompactionTest extends DatabaseTests {

    private static final Sparse SPARSE = new Sparse(5_000);
    private static final Sparse SMALL = new Sparse(500);

    @ParameterizedTest
    @CsvSource({"shutdown compact, FALSE", "shutdown compact, TRUE", "shutdown defrag, FALSE", "shutdown defrag, TRUE"})
    void shrinksAsPlainDatabasesDo(String shutdown, String tagged) throws Exception {
        Path plain = Files.createDirectory(directory.resolve("plain")).resolve("customers");
        long least = compacted("jdbc:h2:" + plain, shutdown, plain.resolveSibling("customers.mv.db"));
        assertThat(TestTablespace.leaksIn(plain.getParent())).hasSize(1);

        TestTablespace secret = new TestTablespace(Files.createDirectory(directory.resolve("secret")));
        long length = compacted(secret.url() + ";TAG_PAGES=" + tagged, shutdown, secret.file());

        assertThat(length).isLessThan(least + least / 20 + HeaderSlots.BYTES);
        assertThat(H2Tablespace.at(secret.file()).tagged()).isEqualTo(Boolean.valueOf(tagged));
        try (Connection connection = secret.connect()) {
            assertThat(Sparse.in(connection)).isEqualTo(SPARSE.kept());
        }
        assertThat(TestTablespace.leaksIn(secret.directory())).isEmpty();
    }

    private static long compacted(String url, String shutdown, Path file) throws Exception {
        try (Connection connection = DriverManager.getConnection(url, "sa", "")) {
            SPARSE.fill(connection);
            assertThat(Files.size(file)).isGreaterThan(5_000_000);
            execute(connection, shutdown);
        }
        assertThat(Files.size(file)).isLessThan(1_000_000);
        return Files.size(file);
    }

    /** Each change that a compaction makes can be its last. */
    @ParameterizedTest
    @CsvSource({"FALSE, true", "TRUE, true", "FALSE, false", "TRUE, false"})
    void losesNothingWhereverItIsKilled(String tagged, boolean replacing) throws Exception {
        fillSmall("TAG_PAGES=" + tagged);
        Set<Set<Leftover>> left = new HashSet<>();
        int changes = 0;
        for (boolean killed = true; killed; changes++) {
            TestTablespace copy = copy("killed" + changes);
            killed = compactOn(copy, new DyingDisk.Life(changes, replacing));
            left.add(Leftover.in(copy));
            assertWhole(copy, "killed before change " + changes);
        }
        Set<Set<Leftover>> possible =
                new HashSet<>(Set.of(EnumSet.of(Leftover.DATABASE), EnumSet.of(Leftover.DATABASE, Leftover.TEMP)));
        if (!replacing) {
            possible.add(EnumSet.of(Leftover.DATABASE, Leftover.NEW));
            possible.add(EnumSet.of(Leftover.NEW));
        }
        assertThat(left).isEqualTo(possible);
        assertThat(changes).isGreaterThan(10);
    }

    /** A disk with room for 0, 1, 2 … pages more than the database has, until it can be compacted. */
    @ParameterizedTest
    @ValueSource(strings = {"FALSE", "TRUE"})
    void losesNothingToAFullDisk(String tagged) throws Exception {
        fillSmall("TAG_PAGES=" + tagged);
        boolean full = true;
        int more = 0;
        for (; full; more++) {
            TestTablespace copy = copy("full" + more);
            full = compactOnSmall(copy, more);
            assertWhole(copy, "full with " + more + " pages more");
        }
        assertThat(more).isGreaterThan(10);
    }

    /** Whether the disk became full. */
    private static boolean compactOnSmall(TestTablespace tablespace, int more) throws IOException, SQLException {
        Path small = tablespace.directory();
        SmallDisk.limit(small, (int) (Files.size(tablespace.file()) / Pages.BYTES) + more);
        try {
            compact("small:" + small.resolve("customers"), () -> {});
        } catch (SQLException e) {
            assertThat((Throwable) e).hasStackTraceContaining("No space left on device");
        } finally {
            SmallDisk.extend(small);
        }
        return SmallDisk.wasFull(small);
    }

    /** Neither here nor in another thread, at whatever change the compaction is. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void letsNoOtherDatabaseIn(boolean here) throws Exception {
        fillSmall("TAG_PAGES=FALSE");
        Executor thread = here ? Runnable::run : work -> new Thread(work).start();
        H2Keystores.Registration other = H2Keystores.register("other", KeystoreAccess.of(keystore));
        try {
            boolean killed = true;
            for (int changes = 0; killed; changes++) {
                TestTablespace copy = copy("shared" + changes);
                killed = compactOn(
                        copy, new DyingDisk.Life(changes, true).at(changes, () -> assertRefused(copy, thread)));
                assertWhole(copy, "with another at change " + changes);
            }
        } finally {
            other.close();
        }
    }

    /** By another name of the keystore, since H2 would take it for the same database else. */
    private static void assertRefused(TestTablespace tablespace, Executor thread) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(tablespace.url().replace(":hr:", ":other:") + ";ACCESS_MODE_DATA=r");
        source.setUser("sa");
        Future<Connection> opened = CompletableFuture.supplyAsync(() -> opened(source), thread);
        assertThat(opened)
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .havingRootCause()
                .withMessageContaining("has to be opened by DriverManager");
    }

    private static Connection opened(JdbcDataSource source) {
        try {
            return source.getConnection();
        } catch (SQLException e) {
            throw new CompletionException(e);
        }
    }

    /** The new file needs a key of its own; H2 does not tell that there was none. */
    @Test
    void leavesTheDatabaseAsItIsWithoutItsKeystore() throws Exception {
        fillSmall("TAG_PAGES=FALSE");
        TestTablespace copy = copy("closed");
        compact(copy.directory().resolve("customers").toString(), registration::close);
        assertThat(Files.size(copy.file())).isGreaterThan(Files.size(database.file()) / 2);

        registration = H2Keystores.register(TestTablespace.KEYSTORE, KeystoreAccess.of(keystore));
        assertWhole(copy, "without the keystore");
    }

    /** By another process, or so it looks: the header is replaced past the channels of this one. */
    @Test
    void keepsARotationThatCameMeanwhile() throws Exception {
        fillSmall("TAG_PAGES=FALSE");
        DyingDisk.Life undisturbed = new DyingDisk.Life(Integer.MAX_VALUE, true);
        compactOn(copy("undisturbed"), undisturbed);
        assertThat(undisturbed.made()).isGreaterThan(10);
        for (int change = 0; change < undisturbed.made() - 1; change++) { // the last one is the renaming
            TestTablespace copy = copy("rotated" + change);
            compactOn(copy, new DyingDisk.Life(Integer.MAX_VALUE, true).at(change, () -> rotate(copy.file())));
            assertThat(Files.size(copy.file())).isLessThan(Files.size(database.file()) / 2);
            assertThat(H2Tablespace.at(copy.file()).wrappedKey().masterKey())
                    .as("rotated before change %d", change)
                    .isEqualTo(keystore.currentMasterKey().orElseThrow().id());
            assertWhole(copy, "rotated before change " + change);
        }
    }

    private void rotate(Path file) {
        keystore.setKey("meanwhile");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            HeaderSlots header = new HeaderSlots(channel, file.toString());
            header.replace(keystore.rewrap(header.read().get(0).wrapped()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void saysThatItCannotRotateTheKeyOfADatabaseThatIsOpenForReading() throws Exception {
        fillSmall("TAG_PAGES=FALSE");
        try (Connection connection = database.connect("ACCESS_MODE_DATA=r")) {
            H2Tablespace tablespace = H2Tablespace.at(database.file());
            assertThatThrownBy(() -> tablespace.replace(keystore.rewrap(tablespace.wrappedKey())))
                    .hasMessageContaining("open for reading only");
            assertThat(Sparse.in(connection)).isEqualTo(SMALL.kept());
        }
    }

    /** What is in a directory of a database. */
    private enum Leftover {
        DATABASE(""),
        TEMP(Constants.SUFFIX_MV_STORE_TEMP_FILE),
        NEW(Constants.SUFFIX_MV_STORE_NEW_FILE);

        private final String suffix;

        Leftover(String suffix) {
            this.suffix = suffix;
        }

        static Set<Leftover> in(TestTablespace tablespace) {
            return Arrays.stream(values())
                    .filter(each -> Files.exists(tablespace.directory().resolve("customers.mv.db" + each.suffix)))
                    .collect(Collectors.toCollection(() -> EnumSet.noneOf(Leftover.class)));
        }
    }

    private void fillSmall(String setting) throws Exception {
        try (Connection connection = database.connect(setting)) {
            SMALL.fill(connection);
            execute(connection, "shutdown immediately"); // nothing is tidied up
        }
        assertThat(Files.size(database.file())).isGreaterThan(500_000);
    }

    private TestTablespace copy(String name) throws IOException {
        TestTablespace copy = new TestTablespace(Files.createDirectory(directory.resolve(name)));
        Files.copy(database.file(), copy.file());
        return copy;
    }

    /** Whether the disk died. */
    private static boolean compactOn(TestTablespace tablespace, DyingDisk.Life life) throws SQLException {
        Path dying = tablespace.directory();
        try {
            compact(DyingDisk.path(dying.resolve("customers")), () -> DyingDisk.begin(dying, life));
        } catch (SQLException e) {
            assertThat((Throwable) e).hasStackTraceContaining("killed");
        } finally {
            DyingDisk.end(dying);
        }
        return life.died();
    }

    private static void compact(String path, Runnable whenOpen) throws SQLException {
        String url = "jdbc:h2:tde:" + TestTablespace.KEYSTORE + ":" + path + ";WRITE_DELAY=0";
        try (Connection connection = DriverManager.getConnection(url, "sa", "")) {
            whenOpen.run();
            execute(connection, "shutdown compact");
        }
    }

    /** Everything is there and encrypted, also what was left, which is gone when the database was open once. */
    private static void assertWhole(TestTablespace tablespace, String when) throws IOException, SQLException {
        assertThat(TestTablespace.leaksIn(tablespace.directory())).as(when).isEmpty();
        try (Connection connection = tablespace.connect()) {
            assertThat(Sparse.in(connection)).as(when).isEqualTo(SMALL.kept());
        }
        assertThat(Leftover.in(tablespace)).as(when).containsExactly(Leftover.DATABASE);
        assertThat(TestTablespace.leaksIn(tablespace.directory())).as(when).isEmpty();
    }

    private static void execute(Connection connection, String command) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }
}
