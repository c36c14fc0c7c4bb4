package org.cofferhsm.hsm.store;

import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;

/** The highest id that was ever used, for each kind; immutable. */
record LastIds(Map<RecordKind, Long> highest) {

    static final LastIds NONE = new LastIds(Map.of());

    LastIds {
        highest = Map.copyOf(highest);
    }

    long of(RecordKind kind) {
        return highest.getOrDefault(kind, 0L);
    }

    LastIds with(RecordKey used) {
        if (used.id() <= of(used.kind())) {
            return this;
        }
        Map<RecordKind, Long> raised = new EnumMap<>(RecordKind.class);
        raised.putAll(highest);
        raised.put(used.kind(), used.id());
        return new LastIds(raised);
    }

    /** For each kind in the order of declaration its key with the highest id; kinds never used are left out. */
    byte[] encode() {
        Map<RecordKind, Long> ordered = new EnumMap<>(RecordKind.class);
        ordered.putAll(highest);
        ByteBuffer out = ByteBuffer.allocate(ordered.size() * RecordKey.BYTES);
        ordered.forEach((kind, id) -> out.put(new RecordKey(kind, id).encode()));
        return out.array();
    }

    /** Reads ids that are known to be authentic. */
    static LastIds decode(byte[] encoded) {
        LastIds ids = NONE;
        for (ByteBuffer in = ByteBuffer.wrap(encoded); in.hasRemaining(); ) {
            ids = ids.with(RecordKey.decode(in));
        }
        return ids;
    }
}
