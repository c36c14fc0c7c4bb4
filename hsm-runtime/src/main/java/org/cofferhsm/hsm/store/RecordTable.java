package org.cofferhsm.hsm.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The table of records. */
record RecordTable(Sql sql) {

    /** One row, not verified yet: its kind may be none that there is. */
    record Row(int kind, long id, long version, byte[] attributes, byte[] sealed) {}

    void forEach(Consumer<Row> consumer) throws SQLException {
        sql.forEach(
                "SELECT kind, id, version, attributes, sealed FROM coffer_records",
                row -> consumer.accept(
                        new Row(row.getInt(1), row.getLong(2), row.getLong(3), Sql.bytes(row, 4), Sql.bytes(row, 5))));
    }

    /** Brings the rows of these records, empty for a removed one, from one state to another. */
    void write(Map<RecordKey, Optional<StoreRecord>> records, RecordIndex from) throws SQLException {
        List<List<?>> inserts = new ArrayList<>();
        List<List<?>> updates = new ArrayList<>();
        List<List<?>> deletes = new ArrayList<>();
        records.forEach((key, record) -> {
            boolean isThere = from.has(key);
            record.ifPresent(written -> (isThere ? updates : inserts).add(parameters(written)));
            if (record.isEmpty() && isThere) {
                deletes.add(List.of(key.kind().code(), key.id()));
            }
        });
        sql.eachTouchingOneRow(
                "INSERT INTO coffer_records (version, attributes, sealed, kind, id) VALUES (?, ?, ?, ?, ?)", inserts);
        sql.eachTouchingOneRow(
                "UPDATE coffer_records SET version = ?, attributes = ?, sealed = ? WHERE kind = ? AND id = ?", updates);
        sql.eachTouchingOneRow("DELETE FROM coffer_records WHERE kind = ? AND id = ?", deletes);
    }

    private static List<?> parameters(StoreRecord record) {
        return List.of(
                record.version(),
                record.attributes(),
                record.sealed(),
                record.kind().code(),
                record.id());
    }
}
