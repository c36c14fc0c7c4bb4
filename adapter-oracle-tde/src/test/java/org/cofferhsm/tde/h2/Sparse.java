package org.cofferhsm.tde.h2;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A table of documents of a thousand letters each, from which most have been deleted again. */
record Sparse(int rows) {

    private static final int KEPT = 20;
    private static final int LETTERS = 1_000;

    void fill(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table document(id int primary key, text varchar)");
        }
        try (PreparedStatement insert = connection.prepareStatement("insert into document values(?, ?)")) {
            for (int id = 0; id < rows; id++) {
                insert.setInt(1, id);
                insert.setString(2, text(id));
                insert.addBatch();
            }
            insert.executeBatch();
        }
        execute(
                connection,
                "checkpoint sync",
                "delete from document where mod(id, " + KEPT + ") <> 0",
                "checkpoint sync");
    }

    private static void execute(Connection connection, String... commands) throws SQLException {
        for (String command : commands) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(command);
            }
        }
    }

    private static String text(int id) {
        return new Random(id)
                .ints(LETTERS, 'A', 'Z')
                .collect(
                        () -> new StringBuilder(TestTablespace.SECRET),
                        StringBuilder::appendCodePoint,
                        StringBuilder::append)
                .toString();
    }

    /** What is to be found. */
    List<String> kept() {
        List<String> kept = new ArrayList<>();
        for (int id = 0; id < rows; id += KEPT) {
            kept.add(id + " " + text(id));
        }
        return kept;
    }

    /** What is there. */
    static List<String> in(Connection connection) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select id, text from document order by id")) {
            while (rows.next()) {
                found.add(rows.getInt(1) + " " + rows.getString(2));
            }
        }
        return found;
    }
}
