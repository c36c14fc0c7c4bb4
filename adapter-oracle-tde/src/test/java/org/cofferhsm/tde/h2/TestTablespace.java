package org.cofferhsm.tde.h2;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.cofferhsm.tde.TdeKeystore;

/** A database of customers under a keystore that is registered as {@code hr}. */
record TestTablespace(Path directory) {
    static final String SECRET = "Grace-Example-4111-1111";
    static final String KEYSTORE = "hr";

    Path file() {
        return directory.resolve("customers.mv.db");
    }

    String url() {
        return "jdbc:h2:tde:" + KEYSTORE + ":" + directory.resolve("customers");
    }

    Connection connect(String... settings) throws SQLException {
        return DriverManager.getConnection(String.join(";", url(), String.join(";", settings)), "sa", "");
    }

    /** An empty one, for URLs that do not say it. */
    void makeTagged(TdeKeystore keystore) {
        H2Tablespace.at(file()).create(keystore, true);
    }

    void fill(int rows, String... settings) throws SQLException {
        try (Connection connection = connect(settings)) {
            insert(connection, rows);
        }
    }

    static void insert(Connection connection, int rows) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists customer(id int primary key, name varchar(200))");
        }
        try (PreparedStatement insert = connection.prepareStatement("merge into customer values(?, ?)")) {
            for (int i = 0; i < rows; i++) {
                insert.setInt(1, i);
                insert.setString(2, SECRET + " number " + i);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    static void append(Connection connection, int id) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into customer values(?, ?)")) {
            insert.setInt(1, id);
            insert.setString(2, SECRET + " number " + id);
            insert.executeUpdate();
        }
    }

    int count(String... settings) throws SQLException {
        try (Connection connection = connect(settings)) {
            return count(connection);
        }
    }

    static int count(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select count(*) from customer where name = '" + SECRET + " number ' || id")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    /** The files below a directory in which the secret stands in the clear. */
    static List<Path> leaksIn(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .filter(TestTablespace::leaks)
                    .toList();
        }
    }

    private static boolean leaks(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            return new String(bytes, StandardCharsets.ISO_8859_1).contains(SECRET)
                    || new String(bytes, StandardCharsets.UTF_16BE).contains(SECRET);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void flip(long offset) throws IOException {
        byte[] bytes = Files.readAllBytes(file());
        bytes[(int) offset] ^= 1;
        Files.write(file(), bytes);
    }
}
