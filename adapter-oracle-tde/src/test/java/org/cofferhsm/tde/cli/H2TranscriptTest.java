package org.cofferhsm.tde.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.cofferhsm.hsm.cli.TranscriptPlay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plays {@code src/test/resources/cli/h2.txt} on databases that H2 made, and opens the results by a login file. */
class H2TranscriptTest {
    private static final String LOGINS = "coffer.tde.logins";

    @TempDir
    private Path directory;

    @BeforeEach
    void createDatabases() throws SQLException {
        create("plain", "", "");
        create("cipher", ";CIPHER=AES", "0123456789abcdef ");
        System.setProperty(LOGINS, directory.toString());
    }

    @AfterEach
    void forgetLogins() {
        System.clearProperty(LOGINS);
    }

    private void create(String name, String settings, String password) throws SQLException {
        String url = "jdbc:h2:" + directory.resolve(name) + settings;
        try (Connection connection = DriverManager.getConnection(url, "sa", password)) {
            connection
                    .createStatement()
                    .execute(
                            "create table customer as select x id, 'Grace-Example ' || x name from system_range(1, 5000)");
        }
    }

    @Test
    void goesAsWritten() throws Exception {
        new TranscriptPlay(directory).play("h2.txt", step -> {});

        Files.writeString(directory.resolve("database.pin"), "hr-database-pin\n");
        Files.writeString(
                directory.resolve("hr.properties"),
                "home=" + directory.resolve("module") + "\nuser=hr\npin-file=database.pin\n");
        for (String name : new String[] {"secret", "tagged", "reciphered"}) {
            assertThat(rows(name)).as(name).isEqualTo(5000);
            assertThat(text(name)).as(name).doesNotContain("Grace-Example");
        }
        assertThat(directory.resolve("plain.mv.db")).doesNotExist();
    }

    private int rows(String name) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:h2:tde:hr:" + directory.resolve(name), "sa", "");
                ResultSet rows = connection
                        .createStatement()
                        .executeQuery("select count(*) from customer where name = 'Grace-Example ' || id")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private String text(String name) throws IOException {
        Path file = directory.resolve(name + ".mv.db");
        return Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
    }
}
