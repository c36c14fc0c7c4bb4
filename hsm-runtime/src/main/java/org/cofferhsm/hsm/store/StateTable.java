package org.cofferhsm.hsm.store;

import java.sql.SQLException;
import java.util.List;

/** The table of the one row that says where the store stands. */
record StateTable(Sql sql) {

    void insert(StateRow row) throws SQLException {
        sql.update(
                "INSERT INTO coffer_state (only_row, module, change_number, announced, last_ids, part_marks, root, mac)"
                        + " VALUES (1, ?, ?, ?, ?, ?, ?, ?)",
                row.module(),
                row.change(),
                row.announced(),
                row.lastIds(),
                row.partMarks(),
                row.root(),
                row.mac());
    }

    /** Steps from one state to the next; the former one has to be there. */
    void advance(long from, StateRow row) throws SQLException {
        sql.eachTouchingOneRow(
                "UPDATE coffer_state SET change_number = ?, announced = ?, last_ids = ?, part_marks = ?, root = ?,"
                        + " mac = ? WHERE only_row = 1 AND change_number = ?",
                List.of(List.of(
                        row.change(), row.announced(), row.lastIds(), row.partMarks(), row.root(), row.mac(), from)));
    }

    List<StateRow> rows() throws SQLException {
        return sql.query(
                "SELECT module, change_number, announced, last_ids, part_marks, root, mac FROM coffer_state",
                row -> new StateRow(
                        Sql.bytes(row, 1),
                        row.getLong(2),
                        row.getLong(3),
                        Sql.bytes(row, 4),
                        Sql.bytes(row, 5),
                        Sql.bytes(row, 6),
                        Sql.bytes(row, 7)));
    }
}
