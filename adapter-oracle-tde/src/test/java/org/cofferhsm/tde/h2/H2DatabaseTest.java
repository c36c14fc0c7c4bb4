package org.cofferhsm.tde.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class H2DatabaseTest extends DatabaseTests {
    @ParameterizedTest
    @ValueSource(strings = {"TAG_PAGES=FALSE", "TAG_PAGES=TRUE"})
    void keepsRowsAndLeavesNoPlaintext(String setting) throws Exception {
        database.fill(20_000, setting);

        assertThat(database.count()).isEqualTo(20_000);
        assertThat(H2Tablespace.at(database.file()).tagged()).isEqualTo(setting.endsWith("TRUE"));
        assertThat(TestTablespace.leaksIn(directory)).isEmpty();
    }

    @Test
    void opensWithTheKeystoreOnly() throws Exception {
        database.fill(10);
        registration.close();

        assertThatThrownBy(database::count).isInstanceOf(SQLException.class).hasMessageContaining("ORA-28365");

        registration = H2Keystores.register(TestTablespace.KEYSTORE, KeystoreAccess.of(keystore));
        assertThat(database.count()).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"shutdown compact", "shutdown defrag", "shutdown immediately"})
    void survivesShutdowns(String shutdown) throws Exception {
        try (Connection connection = database.connect("TAG_PAGES=TRUE")) {
            TestTablespace.insert(connection, 5_000);
            connection.createStatement().execute("checkpoint sync");
            connection.createStatement().execute(shutdown);
        }

        assertThat(database.count()).isEqualTo(5_000);
        assertThat(H2Tablespace.at(database.file()).tagged()).isTrue();
        assertThat(TestTablespace.leaksIn(directory)).isEmpty();
    }

    /** What H2 cannot hold in memory it spills into java.io.tmpdir: that of a plain database shows what to look for. */
    @Test
    void spillsResultsEncrypted() throws Exception {
        try (Connection plain = DriverManager.getConnection("jdbc:h2:" + directory.resolve("plain"), "sa", "")) {
            assertThat(leaksOfSpilledResult(plain)).isNotEmpty();
        }
        try (Connection encrypted = database.connect()) {
            assertThat(leaksOfSpilledResult(encrypted)).isEmpty();
        }
    }

    private static List<Path> leaksOfSpilledResult(Connection connection) throws SQLException, IOException {
        TestTablespace.insert(connection, 20_000);
        try (Statement statement = connection.createStatement()) {
            statement.execute("set max_memory_rows 100");
            try (ResultSet rows = statement.executeQuery(
                    "select distinct name, x from customer, system_range(1, 10) order by name desc, x")) {
                assertThat(spilled())
                        .anySatisfy(file -> assertThat(Files.size(file)).isGreaterThan(1_000_000));
                List<Path> leaks =
                        spilled().stream().flatMap(H2DatabaseTest::leaks).toList();
                int count = 0;
                while (rows.next()) {
                    count++;
                }
                assertThat(count).isEqualTo(200_000);
                return leaks;
            }
        }
    }

    @Test
    void guardsDatabasesOpenedWithInit() throws Exception {
        database.fill(20_000);

        try (Connection connection =
                database.connect("INIT=set max_memory_rows 100\\;select * from customer where 1 = 0")) {
            assertThat(leaksOfSpilledResult(connection)).isEmpty();
        }
    }

    /** H2 deletes what a compaction may have left whenever somebody opens a database, also one that is open already. */
    @Test
    void spillsEncryptedStillWhenAnotherHasDeletedWhatACompactionLeft() throws Exception {
        Path left = directory.resolve("customers.mv.db.tempFile");
        H2Keystores.Registration other = H2Keystores.register("other", KeystoreAccess.of(keystore));
        try (Connection connection = database.connect()) {
            Files.createFile(left);
            assertThatThrownBy(() -> DriverManager.getConnection(database.url().replace(":hr:", ":other:"), "sa", ""))
                    .isInstanceOf(SQLException.class);
            assertThat(left).doesNotExist();

            assertThat(leaksOfSpilledResult(connection)).isEmpty();
        } finally {
            other.close();
        }
    }

    private static List<Path> spilled() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().matches("h2tmp.*[.]temp[.]db"))
                    .toList();
        }
    }

    private static Stream<Path> leaks(Path file) {
        try {
            return TestTablespace.leaksIn(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TAG_PAGES=FALSE", "TAG_PAGES=TRUE"})
    void backsUpEncryptedAndRestores(String setting) throws Exception {
        Path zip = directory.resolve("backup.zip");
        try (Connection connection = database.connect(setting)) {
            TestTablespace.insert(connection, 5_000);
            connection.createStatement().execute("backup to '" + zip + "'");
            TestTablespace.insert(connection, 5_100);
        }

        TestTablespace restored = new TestTablespace(Files.createDirectory(directory.resolve("restored")));
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
            in.getNextEntry();
            Files.copy(in, restored.file());
        }
        assertThat(TestTablespace.leaksIn(directory)).isEmpty();
        assertThat(restored.count()).isEqualTo(5_000);
    }

    @Test
    void keepsLargeObjectsEncrypted() throws Exception {
        byte[] large = TestTablespace.SECRET.repeat(100_000).getBytes();
        try (Connection connection = database.connect()) {
            connection.createStatement().execute("create table document(id int, content blob)");
            try (PreparedStatement insert = connection.prepareStatement("insert into document values(1, ?)")) {
                insert.setBinaryStream(1, new ByteArrayInputStream(large));
                insert.execute();
            }
        }
        try (Connection connection = database.connect();
                ResultSet rows = connection.createStatement().executeQuery("select content from document")) {
            rows.next();
            try (InputStream in = rows.getBinaryStream(1)) {
                assertThat(Arrays.equals(in.readAllBytes(), large)).isTrue();
            }
        }
        assertThat(TestTablespace.leaksIn(directory)).isEmpty();
    }

    @Test
    void writesNoStatementsIntoTraceFiles() throws Exception {
        try (Connection connection = database.connect("TRACE_LEVEL_FILE=3")) {
            TestTablespace.insert(connection, 10);
            assertThatThrownBy(() -> connection
                            .createStatement()
                            .execute("insert into customer values(1, '" + TestTablespace.SECRET + "')"))
                    .isInstanceOf(SQLException.class);
        }

        assertThat(TestTablespace.leaksIn(directory)).isEmpty();
    }

    @Test
    void rotatesTheMasterKeyWhileTheDatabaseIsOpen() throws Exception {
        database.fill(100);
        byte[] before = Files.readAllBytes(database.file());
        H2Tablespace tablespace = H2Tablespace.at(database.file());

        try (Connection connection = database.connect()) {
            keystore.setKey("second");
            tablespace.replace(keystore.rewrap(tablespace.wrappedKey()));
            assertThat(TestTablespace.count(connection)).isEqualTo(100);
            TestTablespace.insert(connection, 200);
        }

        assertThat(tablespace.wrappedKey().masterKey())
                .isEqualTo(keystore.currentMasterKey().orElseThrow().id());
        assertThat(database.count()).isEqualTo(200);
        assertThat(Arrays.mismatch(before, Files.readAllBytes(database.file()))).isLessThan((int) HeaderSlots.BYTES);
    }

    @Test
    void refusesH2sOwnDataSourceThatWouldSpillPlaintext() throws Exception {
        database.fill(10);
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(database.url());
        source.setUser("sa");

        assertThatThrownBy(source::getConnection)
                .isInstanceOf(SQLException.class)
                .hasStackTraceContaining("has to be opened by DriverManager");
    }

    @Test
    void refusesToRekeyAnOpenDatabase() throws Exception {
        try (Connection connection = database.connect()) {
            TestTablespace.insert(connection, 10);
            assertThatThrownBy(() -> H2Tablespace.at(database.file()).rekey(keystore, PageProgress.UNSEEN))
                    .hasMessageContaining("open in this process")
                    .hasMessageContaining("ORA-01157");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TAG_PAGES=FALSE", "TAG_PAGES=TRUE"})
    void rekeysEveryPage(String setting) throws Exception {
        database.fill(5_000, setting);
        byte[] before = Files.readAllBytes(database.file());

        H2Tablespace.at(database.file()).rekey(keystore, PageProgress.UNSEEN);

        byte[] after = Files.readAllBytes(database.file());
        assertThat(after).hasSameSizeAs(before);
        for (int at = (int) HeaderSlots.BYTES; at < after.length; at += Pages.BYTES) {
            assertThat(Arrays.equals(after, at, at + 64, before, at, at + 64)).isFalse();
        }
        assertThat(database.count()).isEqualTo(5_000);
    }
}
