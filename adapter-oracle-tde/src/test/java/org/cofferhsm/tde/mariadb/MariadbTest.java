package org.cofferhsm.tde.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
        Files.writeString(
                directory.resolve("pin"), module.environment("mariadb").get("COFFER_PIN"));
        coffer("tde", "set-key", "--tag", "first");
        coffer("tde", "tablespace-key", "--out", keys.resolve("1.1.key").toString());
        Files.copy(ServedModule.library(), directory.resolve("libcoffer-pkcs11.so"));
        Files.writeString(
                directory.resolve("coffer-pkcs11.conf"), "socket = " + service.socket() + "\ndeadline-ms = 2000\n");
        MariadbServer.install(directory);
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

    @Test
    void takesANewTablespaceKeyWhileTheServerRuns() throws Exception {
        try (MariadbServer server = start()) {
            fill(server);

            coffer("tde", "tablespace-key", "--out", keys.resolve("1.2.key").toString());

            server.query("SET GLOBAL innodb_encryption_rotate_key_age = 1");
            server.await(
                    () -> server.query("SELECT MIN_KEY_VERSION FROM information_schema.INNODB_TABLESPACES_ENCRYPTION"
                                    + " WHERE NAME = 'shop/customers'")
                            .equals("2"));
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

        Files.writeString(directory.resolve("pin"), "mariadb:not the password");
        assertThat(MariadbServer.refuse(directory, settings()))
                .contains("wrong PIN")
                .doesNotContain("not the password");

        Files.writeString(directory.resolve("pin"), module.environment("other").get("COFFER_PIN"));
        assertThat(MariadbServer.refuse(directory, settings())).contains("has no master key ORACLE.TDE.HSM.MK.06");

        Files.writeString(directory.resolve("pin"), pin);
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
