package org.cofferhsm.hsm.store;

import java.nio.ByteBuffer;
import java.util.Locale;

/** Names one record of a store. */
record RecordKey(RecordKind kind, long id) {

    static final int BYTES = 1 + Long.BYTES;

    static RecordKey of(StoreRecord record) {
        return new RecordKey(record.kind(), record.id());
    }

    byte[] encode() {
        return ByteBuffer.allocate(BYTES).put((byte) kind.code()).putLong(id).array();
    }

    /** Reads a key that is known to be authentic. */
    static RecordKey decode(ByteBuffer in) {
        return new RecordKey(RecordKind.ofCode(in.get()).orElseThrow(), in.getLong());
    }

    /** As people know it: objects by their handle, others by their number. */
    @Override
    public String toString() {
        String name = kind.name().toLowerCase(Locale.ROOT);
        return name + (kind == RecordKind.OBJECT ? " 0x%016x".formatted(id) : " " + id);
    }
}
