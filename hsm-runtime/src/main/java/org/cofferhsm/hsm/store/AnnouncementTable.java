package org.cofferhsm.hsm.store;

import java.sql.SQLException;
import java.util.List;
import org.cofferhsm.hsm.key.Octets;

/** The table of what the audit log shall say of the last changes. */
record AnnouncementTable(Sql sql) {

    /** One row, not verified yet. */
    record Row(Announcement announcement, byte[] mac) {}

    List<Row> rows() throws SQLException {
        return sql.query(
                "SELECT change_number, root, content, mac FROM coffer_announcements ORDER BY change_number",
                row -> new Row(
                        new Announcement(
                                new StoreRoot(row.getLong(1), Octets.of(Sql.bytes(row, 2))), Sql.bytes(row, 3)),
                        Sql.bytes(row, 4)));
    }

    void insert(List<Row> rows) throws SQLException {
        sql.eachTouchingOneRow(
                "INSERT INTO coffer_announcements (change_number, root, content, mac) VALUES (?, ?, ?, ?)",
                rows.stream().<List<?>>map(AnnouncementTable::parameters).toList());
    }

    private static List<?> parameters(Row row) {
        StoreRoot root = row.announcement().root();
        return List.of(
                root.change(), root.digest().toByteArray(), row.announcement().content(), row.mac());
    }

    void deleteThrough(long change) throws SQLException {
        sql.update("DELETE FROM coffer_announcements WHERE change_number <= ?", change);
    }
}
