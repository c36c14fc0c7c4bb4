package org.cofferhsm.hsm.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The table of the index's parts; an empty part has no row. */
record IndexTable(Sql sql) {

    /** One row, not verified yet. */
    record Row(int part, byte[] entries, byte[] mac) {}

    List<Row> rows() throws SQLException {
        return sql.query(
                "SELECT part, entries, mac FROM coffer_index",
                row -> new Row(row.getInt(1), Sql.bytes(row, 2), Sql.bytes(row, 3)));
    }

    /** Writes the parts of these numbers that differ between two states. */
    void write(Collection<Integer> numbers, StoreState from, StoreState to) throws SQLException {
        List<List<?>> inserts = new ArrayList<>();
        List<List<?>> updates = new ArrayList<>();
        List<List<?>> deletes = new ArrayList<>();
        for (int number : numbers) {
            byte[] entries = to.index().part(number).encode();
            byte[] mac = to.parts().of(number);
            if (entries.length == 0) {
                deletes.add(List.of(number));
            } else {
                boolean isNew = from.index().part(number).isEmpty();
                (isNew ? inserts : updates).add(List.of(entries, mac, number));
            }
        }
        deletes.removeIf(row -> from.index().part((int) row.get(0)).isEmpty());
        sql.eachTouchingOneRow("INSERT INTO coffer_index (entries, mac, part) VALUES (?, ?, ?)", inserts);
        sql.eachTouchingOneRow("UPDATE coffer_index SET entries = ?, mac = ? WHERE part = ?", updates);
        sql.eachTouchingOneRow("DELETE FROM coffer_index WHERE part = ?", deletes);
    }
}
