package org.cofferhsm.hsm.store;

import java.nio.ByteBuffer;

/**
 * What the index knows of one record.
 *
 * @param version the number of the change that wrote the record
 * @param tag the first 16 bytes of a keyed digest over the whole record
 */
record IndexEntry(RecordKey key, long version, byte[] tag) {

    static final int TAG_BYTES = 16;
    static final int BYTES = RecordKey.BYTES + Long.BYTES + TAG_BYTES;

    byte[] encode() {
        return ByteBuffer.allocate(BYTES)
                .put(key.encode())
                .putLong(version)
                .put(tag)
                .array();
    }

    /** Reads an entry that is known to be authentic. */
    static IndexEntry decode(ByteBuffer in) {
        RecordKey key = RecordKey.decode(in);
        long version = in.getLong();
        byte[] tag = new byte[TAG_BYTES];
        in.get(tag);
        return new IndexEntry(key, version, tag);
    }
}
