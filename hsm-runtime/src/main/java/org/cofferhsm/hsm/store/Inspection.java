package org.cofferhsm.hsm.store;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;

/** The check of everything but the records when a store is opened. */
final class Inspection {

    private static final String WHAT_NOW = "; put back a backup";

    private final Sql sql;
    private final Authentication authentication;

    Inspection(Sql sql, Authentication authentication) {
        this.sql = sql;
        this.authentication = authentication;
    }

    /** Where the store stands; verified by the root. */
    StoreState state() throws SQLException {
        StateRow row = authenticStateRow();
        RecordIndex index = index();
        PartDigests parts = PartDigests.of(index, authentication);
        if (!Arrays.equals(row.partMarks(), parts.marks())) {
            throw tampered("the index of records is not the one of change " + row.change() + ": "
                    + differences(row.partMarks(), parts.marks()) + " was removed, added or put back");
        }
        LastIds lastIds = LastIds.decode(row.lastIds());
        StoreRoot root = authentication.root(row.change(), lastIds, parts);
        if (!MessageDigest.isEqual(root.digest().toByteArray(), row.root())) {
            throw tampered("the index of records does not lead to the root of change " + row.change());
        }
        return new StoreState(root, row.announced(), lastIds, index, parts);
    }

    private StateRow authenticStateRow() throws SQLException {
        List<StateRow> rows = new StateTable(sql).rows();
        if (rows.size() != 1) {
            throw tampered("coffer_state has " + rows.size() + " rows instead of one");
        }
        StateRow row = rows.get(0);
        if (!MessageDigest.isEqual(row.module(), authentication.module().toByteArray())) {
            throw tampered("the store says that it belongs to the module "
                    + Octets.of(row.module()).toHex() + ", not to "
                    + authentication.module().toHex());
        }
        if (!MessageDigest.isEqual(row.mac(), authentication.digestOfState(row))) {
            throw tampered("the row of coffer_state was altered, or written under another master key");
        }
        return row;
    }

    private RecordIndex index() throws SQLException {
        IndexPart[] parts = new IndexPart[RecordIndex.PARTS];
        Arrays.fill(parts, IndexPart.EMPTY);
        for (IndexTable.Row row : new IndexTable(sql).rows()) {
            if (row.part() < 0
                    || row.part() >= RecordIndex.PARTS
                    || !MessageDigest.isEqual(row.mac(), authentication.digestOfPart(row.part(), row.entries()))) {
                throw tampered(nameOf(row.part()) + " was altered");
            }
            parts[row.part()] = IndexPart.decode(row.entries());
        }
        return RecordIndex.of(List.of(parts));
    }

    private static String nameOf(int part) {
        return "the index of records whose id is " + part + " modulo " + RecordIndex.PARTS;
    }

    private static String differences(byte[] expected, byte[] found) {
        SortedMap<Integer, Long> odd = new TreeMap<>(parsed(expected));
        parsed(found).forEach((part, mark) -> {
            if (!odd.remove(part, mark)) {
                odd.put(part, mark);
            }
        });
        return odd.keySet().stream()
                .limit(3)
                .map(Inspection::nameOf)
                .reduce((first, second) -> first + ", " + second)
                .orElse("a part");
    }

    private static SortedMap<Integer, Long> parsed(byte[] marks) {
        SortedMap<Integer, Long> parsed = new TreeMap<>();
        for (ByteBuffer in = ByteBuffer.wrap(marks); in.hasRemaining(); ) {
            parsed.put((int) in.getShort(), in.getLong());
        }
        return parsed;
    }

    /** The announcements that are left: one for each change since the last that was removed. */
    List<Announcement> announcements(StoreState state) throws SQLException {
        List<AnnouncementTable.Row> rows = new AnnouncementTable(sql).rows();
        long next = state.announced() + 1;
        for (AnnouncementTable.Row row : rows) {
            requireAuthentic(row, next++);
        }
        if (next != state.root().change() + 1) {
            throw tampered("the announcement of change " + next + " is missing");
        }
        return rows.stream().map(AnnouncementTable.Row::announcement).toList();
    }

    private void requireAuthentic(AnnouncementTable.Row row, long expected) {
        long change = row.announcement().root().change();
        if (!MessageDigest.isEqual(row.mac(), authentication.digestOf(row.announcement()))) {
            throw tampered("the announcement of change " + change + " was altered");
        }
        if (change != expected) {
            throw tampered(
                    "the announcement of change " + change + " stands where that of change " + expected + " belongs");
        }
    }

    private static HsmException tampered(String finding) {
        return HsmException.storeTampered("the store was altered: " + finding + WHAT_NOW);
    }
}
