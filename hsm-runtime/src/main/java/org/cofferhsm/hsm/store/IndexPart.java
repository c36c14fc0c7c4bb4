package org.cofferhsm.hsm.store;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One part of the index: immutable, its entries encoded one after the other in the order of their encoded keys. */
final class IndexPart {

    static final IndexPart EMPTY = new IndexPart(new byte[0]);

    private final byte[] entries;

    private IndexPart(byte[] entries) {
        this.entries = entries;
    }

    /** The part that {@link #encode} gave; the bytes are known to be authentic. */
    static IndexPart decode(byte[] entries) {
        return new IndexPart(entries);
    }

    byte[] encode() {
        return entries;
    }

    int size() {
        return entries.length / IndexEntry.BYTES;
    }

    boolean isEmpty() {
        return entries.length == 0;
    }

    IndexEntry entry(int position) {
        return IndexEntry.decode(ByteBuffer.wrap(entries, position * IndexEntry.BYTES, IndexEntry.BYTES));
    }

    Stream<IndexEntry> stream() {
        return IntStream.range(0, size()).mapToObj(this::entry);
    }

    /** The position of a record's entry, or {@code -(position where it belongs) - 1}. */
    int find(RecordKey key) {
        byte[] wanted = key.encode();
        int low = 0;
        int high = size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = compareKeyAt(middle, wanted);
            if (order == 0) {
                return middle;
            }
            low = order < 0 ? middle + 1 : low;
            high = order < 0 ? high : middle - 1;
        }
        return -low - 1;
    }

    private int compareKeyAt(int position, byte[] key) {
        int start = position * IndexEntry.BYTES;
        return Arrays.compareUnsigned(entries, start, start + key.length, key, 0, key.length);
    }

    /** This part with an entry in place of the record's former one, if there was one. */
    IndexPart with(IndexEntry entry) {
        int found = find(entry.key());
        return found >= 0 ? splice(found, 1, entry.encode()) : splice(-found - 1, 0, entry.encode());
    }

    /** This part without the entry of a record that it lists. */
    IndexPart without(RecordKey key) {
        return splice(find(key), 1, new byte[0]);
    }

    private IndexPart splice(int position, int dropped, byte[] inserted) {
        int start = position * IndexEntry.BYTES;
        int end = start + dropped * IndexEntry.BYTES;
        byte[] spliced = Arrays.copyOf(entries, entries.length - (end - start) + inserted.length);
        System.arraycopy(inserted, 0, spliced, start, inserted.length);
        System.arraycopy(entries, end, spliced, start + inserted.length, entries.length - end);
        return new IndexPart(spliced);
    }
}
