package org.cofferhsm.hsm.store;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which records there are, in which version: an immutable list in 512 parts, by id, so that a change rewrites little of
 * it.
 */
final class RecordIndex {

    static final int PARTS = 512;
    static final RecordIndex EMPTY = of(Collections.nCopies(PARTS, IndexPart.EMPTY));

    private final IndexPart[] parts;

    private RecordIndex(IndexPart[] parts) {
        this.parts = parts;
    }

    static RecordIndex of(List<IndexPart> parts) {
        return new RecordIndex(parts.toArray(IndexPart[]::new));
    }

    /** The number of the part that lists a record. */
    static int partOf(RecordKey key) {
        return (int) (key.id() & (PARTS - 1));
    }

    IndexPart part(int number) {
        return parts[number];
    }

    int size() {
        return Arrays.stream(parts).mapToInt(IndexPart::size).sum();
    }

    boolean has(RecordKey key) {
        return parts[partOf(key)].find(key) >= 0;
    }

    Stream<IndexEntry> stream() {
        return Arrays.stream(parts).flatMap(IndexPart::stream);
    }

    RecordIndex with(IndexEntry entry) {
        int number = partOf(entry.key());
        return replacing(number, parts[number].with(entry));
    }

    RecordIndex without(RecordKey key) {
        int number = partOf(key);
        return replacing(number, parts[number].without(key));
    }

    private RecordIndex replacing(int number, IndexPart part) {
        IndexPart[] copy = parts.clone();
        copy[number] = part;
        return new RecordIndex(copy);
    }
}
