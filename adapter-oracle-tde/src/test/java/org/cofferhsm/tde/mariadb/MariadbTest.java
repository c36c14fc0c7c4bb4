package org.cofferhsm.tde.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.cofferhsm.hsm.cli.Main;
import org.cofferhsm.hsm.cli.TestTerminal;
import org.cofferhsm.hsm.spi.OutsideProgram;
import org.cofferhsm.hsm.testing.Interop;
import org.cofferhsm.hsm.testing.ServedModule;
import org.cofferhsm.hsm.testing.TestModule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A real database server whose tablespace keys a master key in the module wraps. */
@EnabledOnOs(OS.LINUX)
@Timeout(300)
class MariadbTest {

    private static final Path SOURCES = Path.of("../samples/src/main/mariadb");
    private static final String SECRET = "Ada Lovelace, 4711 0815 2342";

    @TempDir
    private static Path shared;

    @TempDir
    private Path directory;

    private Path keys;
    private TestModule module;
    private ServedModule service;

    @BeforeAll
    static void buildThePlugin() {
        Interop.program("cc");
        Interop.file(Path.of("/usr/include/mariadb/server/mysql/plugin_encryption.h"));
        new OutsideProgram(List.of(SOURCES.resolve("build").toString()), Map.of())
                .run(shared.toString())
                .orComplain("the plugin's build");
    }

    @BeforeEach
    void prepare() throws Exception {
        module = TestModule.create(directory.resolve("module"), "mariadb", "other");
        service = ServedModule.start(module);
        keys = Files.createDirectory(directory.resolve("keys"));
        writePin(module.environment("mariadb").get("COFFER_PIN"));
        coffer("tde", "set-key", "--tag", "first");
        coffer("tde", "tablespace-key", "--out", keys.resolve("1.1.key").toString());
        Files.copy(ServedModule.library(), directory.resolve("libcoffer-pkcs11.so"));
        Files.writeString(
                directory.resolve("coffer-pkcs11.conf"), "socket = " + service.socket() + "\ndeadline-ms = 2000\n");
        MariadbServer.install(directory);
    }

    private void writePin(String pin) throws IOException {
        Path file = directory.resolve("pin");
        Files.writeString(file, pin);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    @AfterEach
    void stopTheService() {
        service.close();
    }

    private String coffer(String... arguments) {
        Map<String, String> environment = new TreeMap<>(module.environment("mariadb"));
        environment.put("COFFER_SOCKET", service.socket().toString());
        TestTerminal terminal = new TestTerminal(directory, environment, List.of());
        assertThat(Main.run(List.of(arguments), terminal))
                .as(terminal.written() + terminal.complaints())
                .isZero();
        return terminal.written();
    }

    private List<String> settings() {
        return List.of(
                "--plugin-dir=" + shared,
                "--plugin-load-add=coffer_key_management",
                "--coffer-key-management=FORCE_PLUS_PERMANENT",
                "--coffer-key-management-module=" + directory.resolve("libcoffer-pkcs11.so"),
                "--coffer-key-management-pin-file=" + directory.resolve("pin"),
                "--coffer-key-management-keys=" + keys,
                "--innodb-encrypt-tables=FORCE",
                "--innodb-encrypt-log=ON",
                "--log-bin=binary",
                "--server-id=1",
                "--encrypt-binlog=ON",
                "--encrypt-tmp-disk-tables=ON",
                "--encrypt-tmp-files=ON",
                "--innodb-encryption-threads=2",
                "--innodb-encryption-rotate-key-age=1");
    }

    private MariadbServer start() throws Exception {
        return MariadbServer.start(directory, settings());
    }

    private static void fill(MariadbServer server) {
        server.query(
                "CREATE DATABASE shop; USE shop; CREATE TABLE shop.customers (id INT PRIMARY KEY, name VARCHAR(100)) ENGINE=InnoDB;"
                        + " INSERT INTO shop.customers SELECT seq, CONCAT('" + SECRET + "', seq) FROM seq_1_to_5000;");
    }

    private static void assertFilled(MariadbServer server) {
        assertThat(server.query("SELECT COUNT(*) FROM shop.customers WHERE name LIKE '" + SECRET + "%'"))
                .isEqualTo("5000");
    }

    private Path tablespace() {
        return MariadbServer.data(directory).resolve("shop/customers.ibd");
    }

    private List<Path> filesWithTheSecret() throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(MariadbServer.data(directory))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains("Lovelace")) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    @Test
    void keepsTheTablesInCiphertextAndRotatesTheMasterKeyWithoutTouchingThem() throws Exception {
        try (MariadbServer server = start()) {
            fill(server);
            server.stop();
        }
        assertThat(filesWithTheSecret()).isEmpty();
        byte[] before = Files.readAllBytes(tablespace());
        byte[] wrapped = Files.readAllBytes(keys.resolve("1.1.key"));

        coffer(
                "tde",
                "rekey",
                "--tag",
                "second",
                "--tablespaces",
                keys.resolve("1.1.key").toString());

        assertThat(Files.readAllBytes(keys.resolve("1.1.key"))).isNotEqualTo(wrapped);
        assertThat(tablespace()).hasBinaryContent(before);
        try (MariadbServer server = start()) {
            assertFilled(server);
            server.kill();
            try (MariadbServer again = server.startAgain()) {
                assertFilled(again);
            }
        }
    }

    private static String keyVersion(MariadbServer server, String column) {
        return server.query("SELECT " + column
                + " FROM information_schema.INNODB_TABLESPACES_ENCRYPTION WHERE NAME = 'shop/customers'");
    }

    /**
     * Its file is there before its bytes are. MariaDB writes pages under the newest key, and encrypts old pages anew when
     * they are more versions behind than {@code innodb_encryption_rotate_key_age}, which may not be 0: with the third.
     */
    @Test
    void takesANewTablespaceKeyWhileTheServerRuns() throws Exception {
        try (MariadbServer server = start()) {
            fill(server);

            Path fresh = directory.resolve("fresh.key");
            coffer("tde", "tablespace-key", "--out", fresh.toString());
            Path file = Files.createFile(keys.resolve("1.2.key"));
            server.await(() -> keyVersion(server, "CURRENT_KEY_VERSION").equals("1")
                    && server.said().contains("1.2.key cannot be unwrapped: it is no wrapped tablespace key"));
            Files.write(file, Files.readAllBytes(fresh));

            server.await(() -> keyVersion(server, "CURRENT_KEY_VERSION").equals("2"));
            assertThat(server.said().split("1\\.2\\.key cannot be unwrapped", -1))
                    .hasSize(2);

            coffer("tde", "tablespace-key", "--out", keys.resolve("1.3.key").toString());
            server.await(() -> keyVersion(server, "CURRENT_KEY_VERSION").equals("3"));
            server.query("SET GLOBAL innodb_encryption_rotate_key_age = 1");
            server.await(() -> keyVersion(server, "MIN_KEY_VERSION").equals("3"));
            assertFilled(server);
            server.stop();
            try (MariadbServer again = server.startAgain()) {
                assertFilled(again);
            }
        }
    }

    @Test
    void goesOnWhileTheServiceIsAwayAndStartsOnlyWithIt() throws Exception {
        try (MariadbServer server = start()) {
            fill(server);
            service.kill();

            assertFilled(server);

            server.stop();
        }
        assertThat(MariadbServer.refuse(directory, settings()))
                .contains("coffer_key_management: ", "does coffer serve run?");
        service.restart();
        try (MariadbServer server = start()) {
            assertFilled(server);
        }
    }

    @Test
    void refusesToStartWithoutTheRightPinOrKey() throws Exception {
        try (MariadbServer server = start()) {
            fill(server);
            server.stop();
        }
        byte[] key = Files.readAllBytes(keys.resolve("1.1.key"));
        String pin = Files.readString(directory.resolve("pin"));

        writePin("mariadb:not the password");
        assertThat(MariadbServer.refuse(directory, settings()))
                .contains("wrong PIN")
                .doesNotContain("not the password");

        writePin(module.environment("other").get("COFFER_PIN"));
        assertThat(MariadbServer.refuse(directory, settings())).contains("has no master key ORACLE.TDE.HSM.MK.06");

        writePin(pin);
        Files.setPosixFilePermissions(directory.resolve("pin"), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(MariadbServer.refuse(directory, settings())).contains("is open to others");

        writePin(pin);
        byte[] altered = key.clone();
        altered[altered.length - 1] ^= 1;
        Files.write(keys.resolve("1.1.key"), altered);
        assertThat(MariadbServer.refuse(directory, settings())).contains("1.1.key cannot be unwrapped");

        Files.write(keys.resolve("1.1.key"), HexFormat.of().parseHex("00112233"));
        assertThat(MariadbServer.refuse(directory, settings())).contains("it is no wrapped tablespace key");

        Files.delete(keys.resolve("1.1.key"));
        assertThat(MariadbServer.refuse(directory, settings())).contains("coffer tde tablespace-key");

        Files.write(keys.resolve("1.1.key"), key);
        try (MariadbServer server = start()) {
            assertFilled(server);
        }
    }
}
