package org.cofferhsm.hsm.audit;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import org.cofferhsm.hsm.audit.AuditEvent.ChangeMark;

/**
 * One record as it stands in a segment: its content, the chain hash over it, and the MAC over that.
 *
 * <p>The content starts with its own length (32 bits, of all of it), type (8), sequence (64) and time in microseconds
 * since 1970 (64).
 */
record Frame(long offset, byte[] content, byte[] hash, byte[] mac) implements Slot {

    static final byte EVENT = 1;
    static final byte CHECKPOINT = 2;

    static final int SEQUENCE_AT = Integer.BYTES + 1;
    private static final int TIME_AT = SEQUENCE_AT + Long.BYTES;

    /** The length of what each content starts with. */
    static final int PREFIX = TIME_AT + Long.BYTES;

    private static final long MICROS_PER_SECOND = 1_000_000;

    static final int MAC_LENGTH = 32;

    /** What follows the content: hash and MAC. */
    static final int TRAILER = Sha256.LENGTH + MAC_LENGTH;

    /** The longest content. */
    static final int MAX_CONTENT = PREFIX + AuditEvent.MAX_BYTES;

    /** The longest record. */
    static final int MAX_BYTES = MAX_CONTENT + TRAILER;

    /** Fills in what each content starts with. */
    static void stamp(byte[] content, byte type, long sequence, long micros) {
        ByteBuffer.wrap(content)
                .putInt(content.length)
                .put(type)
                .putLong(sequence)
                .putLong(micros);
    }

    byte type() {
        return content[Integer.BYTES];
    }

    long sequence() {
        return ByteBuffer.wrap(content).getLong(SEQUENCE_AT);
    }

    long micros() {
        return ByteBuffer.wrap(content).getLong(TIME_AT);
    }

    /** The record as readers see it. */
    AuditRecord decode() throws MalformedRecordException {
        long micros = micros();
        Instant time = Instant.ofEpochSecond(
                Math.floorDiv(micros, MICROS_PER_SECOND), Math.floorMod(micros, MICROS_PER_SECOND) * 1000L);
        return new AuditRecord(sequence(), time, event());
    }

    /** What happened, by this record. */
    AuditEvent event() throws MalformedRecordException {
        return switch (type()) {
            case EVENT -> EventCodec.decode(content, PREFIX);
            case CHECKPOINT -> Checkpoint.decode(this).toEvent(sequence());
            default -> throw new MalformedRecordException("its type is not known");
        };
    }

    /** The change of the store that an event records. */
    Optional<ChangeMark> change() throws MalformedRecordException {
        if (type() != EVENT) {
            throw new MalformedRecordException("its type is not known");
        }
        return EventCodec.change(content, PREFIX);
    }

    /** The whole record as it stands in its file. */
    byte[] toBytes() {
        return ByteBuffer.allocate(content.length + TRAILER)
                .put(content)
                .put(hash)
                .put(mac)
                .array();
    }

    /** Where the next record starts. */
    long end() {
        return offset + content.length + TRAILER;
    }
}
