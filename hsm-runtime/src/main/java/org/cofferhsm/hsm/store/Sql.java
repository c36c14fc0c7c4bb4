package org.cofferhsm.hsm.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** One connection, spoken to in whole sentences. */
final class Sql {

    private static final int ROWS_AT_ONCE = 1000;
    private static final int STATEMENTS_AT_ONCE = 1000;

    private final Connection connection;

    Sql(Connection connection) {
        this.connection = connection;
    }

    void execute(String statement) throws SQLException {
        try (Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    /** Runs a statement once for each list of parameters; each run has to touch exactly one row. */
    void eachTouchingOneRow(String statement, List<List<?>> runs) throws SQLException {
        try (PreparedStatement sql = connection.prepareStatement(statement)) {
            for (int start = 0; start < runs.size(); start += STATEMENTS_AT_ONCE) {
                for (List<?> parameters : runs.subList(start, Math.min(start + STATEMENTS_AT_ONCE, runs.size()))) {
                    set(sql, parameters);
                    sql.addBatch();
                }
                requireOneRowEach(sql.executeBatch());
            }
        }
    }

    private static void requireOneRowEach(int[] counts) throws SQLException {
        for (int count : counts) {
            if (count != 1 && count != Statement.SUCCESS_NO_INFO) {
                throw new SQLException("a row is not as this process left it: the statement touched " + count
                        + " rows; has another program written to the database?");
            }
        }
    }

    int update(String statement, Object... parameters) throws SQLException {
        try (PreparedStatement sql = connection.prepareStatement(statement)) {
            set(sql, List.of(parameters));
            return sql.executeUpdate();
        }
    }

    <T> List<T> query(String statement, RowReader<T> reader, Object... parameters) throws SQLException {
        List<T> rows = new ArrayList<>();
        forEach(statement, row -> rows.add(reader.read(row)), parameters);
        return rows;
    }

    /** Passes rows on while they are fetched. */
    void forEach(String statement, RowConsumer consumer, Object... parameters) throws SQLException {
        try (PreparedStatement sql = connection.prepareStatement(statement)) {
            sql.setFetchSize(ROWS_AT_ONCE);
            set(sql, List.of(parameters));
            try (ResultSet rows = sql.executeQuery()) {
                while (rows.next()) {
                    consumer.accept(rows);
                }
            }
        }
    }

    private static void set(PreparedStatement sql, List<?> parameters) throws SQLException {
        for (int i = 0; i < parameters.size(); i++) {
            sql.setObject(i + 1, parameters.get(i));
        }
    }

    /** The bytes in a column; a missing value reads as no bytes, which is not authentic anywhere it matters. */
    static byte[] bytes(ResultSet row, int column) throws SQLException {
        byte[] value = row.getBytes(column);
        return row.wasNull() ? new byte[0] : value;
    }

    /** What one row says. */
    @FunctionalInterface
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** What is done with one row. */
    @FunctionalInterface
    interface RowConsumer {
        void accept(ResultSet row) throws SQLException;
    }
}
