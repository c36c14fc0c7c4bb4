package org.cofferhsm.hsm.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.cofferhsm.hsm.error.HsmException;

/** Some changes on their way to the database: sealed and counted in memory, nothing of them written. */
final class Draft {

    /** What a column holds, and what keeps one record from filling the memory. */
    static final int MAX_BYTES = 1 << 20;

    private final Authentication authentication;
    private final long announced;
    private final StoreState start;
    private final Map<RecordKey, Optional<StoreRecord>> records = new LinkedHashMap<>();
    private final SortedSet<Integer> touchedParts = new TreeSet<>();
    private final List<Announcement> announcements = new ArrayList<>();
    private StoreState end;

    Draft(StoreState start, long announced, Authentication authentication) {
        this.start = start;
        this.announced = announced;
        this.authentication = authentication;
        this.end = new StoreState(start.root(), announced, start.lastIds(), start.index(), start.parts());
    }

    StoreState end() {
        return end;
    }

    List<Announcement> announcements() {
        return announcements;
    }

    Committed apply(Change change) {
        long number = end.root().change() + 1;
        List<StoreRecord> written = new ArrayList<>();
        SortedSet<Integer> parts = new TreeSet<>();
        RecordIndex index = end.index();
        LastIds lastIds = end.lastIds();
        for (Change.Put put : change.puts()) {
            StoreRecord record = seal(put, number);
            RecordKey key = RecordKey.of(record);
            written.add(record);
            records.put(key, Optional.of(record));
            index = index.with(authentication.entryOf(record));
            lastIds = lastIds.with(key);
            parts.add(RecordIndex.partOf(key));
        }
        for (Change.Removal removal : change.removals()) {
            RecordKey key = new RecordKey(removal.kind(), removal.id());
            requireThere(key, index);
            records.put(key, Optional.empty());
            index = index.without(key);
            parts.add(RecordIndex.partOf(key));
        }
        PartDigests digests = end.parts().updated(index, parts, authentication);
        touchedParts.addAll(parts);
        end = new StoreState(authentication.root(number, lastIds, digests), announced, lastIds, index, digests);
        announcements.add(new Announcement(end.root(), requireFits(change.announcement(), "the announcement")));
        return new Committed(end.root(), List.copyOf(written));
    }

    private StoreRecord seal(Change.Put put, long number) {
        RecordKey key = new RecordKey(put.kind(), put.id());
        if (put.id() <= 0) {
            throw HsmException.argumentInvalid("the id of a record is a positive number, not " + put.id());
        }
        requireFits(put.attributes(), "the attributes of " + key);
        StoreRecord record = authentication.seal(put, number);
        requireFits(record.sealed(), "the secret of " + key);
        return record;
    }

    private static byte[] requireFits(byte[] bytes, String what) {
        if (bytes.length > MAX_BYTES) {
            throw HsmException.dataLengthRange(
                    what + " has " + bytes.length + " bytes; the store takes at most " + MAX_BYTES);
        }
        return bytes;
    }

    private static void requireThere(RecordKey key, RecordIndex index) {
        if (!index.has(key)) {
            throw HsmException.argumentInvalid("there is no " + key + " in the store to be removed");
        }
    }

    /** Writes everything into the transaction of this connection. */
    void write(Sql sql) throws SQLException {
        new RecordTable(sql).write(records, start.index());
        new IndexTable(sql).write(touchedParts, start, end);
        AnnouncementTable table = new AnnouncementTable(sql);
        table.deleteThrough(announced);
        table.insert(announcements.stream()
                .map(announcement -> new AnnouncementTable.Row(announcement, authentication.digestOf(announcement)))
                .toList());
        new StateTable(sql).advance(start.root().change(), end.row(authentication));
    }
}
