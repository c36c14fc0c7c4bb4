package org.cofferhsm.hsm.store;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.cofferhsm.hsm.error.HsmException;

/** The comparison of the records in the database with the authentic index: what was altered, added or lost, by name. */
final class RollCall {

    private static final int NAMES_SHOWN = 10;

    private final RecordIndex index;
    private final Authentication authentication;
    private final BitSet[] present = new BitSet[RecordIndex.PARTS];
    private final List<StoreRecord> authentic = new ArrayList<>();
    private final List<String> findings = new ArrayList<>();
    private int rows;

    RollCall(RecordIndex index, Authentication authentication) {
        this.index = index;
        this.authentication = authentication;
        Arrays.setAll(present, part -> new BitSet());
    }

    /** Takes note of one row of the database. */
    void row(RecordTable.Row row) {
        rows++;
        Optional<RecordKind> kind = RecordKind.ofCode(row.kind());
        if (kind.isEmpty()) {
            findings.add("a record of the unknown kind " + row.kind() + " with id " + row.id() + " was added");
            return;
        }
        record(new StoreRecord(kind.get(), row.id(), row.version(), row.attributes(), row.sealed()));
    }

    private void record(StoreRecord record) {
        RecordKey key = RecordKey.of(record);
        int number = RecordIndex.partOf(key);
        int position = index.part(number).find(key);
        if (position < 0) {
            findings.add(key + " was added");
        } else if (present[number].get(position)) {
            findings.add(key + " is there twice");
        } else {
            present[number].set(position);
            compare(record, index.part(number).entry(position));
        }
    }

    private void compare(StoreRecord record, IndexEntry expected) {
        if (record.version() != expected.version()) {
            findings.add(expected.key() + " was altered or put back: it is in version " + record.version()
                    + ", the module wrote version " + expected.version());
        } else if (!MessageDigest.isEqual(authentication.entryOf(record).tag(), expected.tag())) {
            findings.add(expected.key() + " was altered");
        } else {
            authentic.add(record);
        }
    }

    /** All records; or complains with what is wrong with them. */
    List<StoreRecord> complete() {
        List<String> all = Stream.concat(findings.stream(), missing()).toList();
        if (!all.isEmpty()) {
            throw HsmException.storeTampered("the store is not as the module left it (" + rows + " records instead of "
                    + index.size() + "): " + named(all) + "; put back a backup");
        }
        return authentic;
    }

    private Stream<String> missing() {
        return Stream.iterate(0, part -> part < RecordIndex.PARTS, part -> part + 1)
                .flatMap(part -> missing(index.part(part), present[part]));
    }

    private static Stream<String> missing(IndexPart part, BitSet found) {
        return Stream.iterate(found.nextClearBit(0), at -> at < part.size(), at -> found.nextClearBit(at + 1))
                .map(at -> part.entry(at).key() + " is missing");
    }

    private static String named(List<String> findings) {
        String shown = String.join("; ", findings.subList(0, Math.min(NAMES_SHOWN, findings.size())));
        int more = findings.size() - NAMES_SHOWN;
        return more > 0 ? shown + "; and " + more + " more" : shown;
    }
}
