package org.cofferhsm.hsm.audit;

import java.nio.ByteBuffer;

/**
 * Up to where the log is known to be on disk: it may be longer than its head says, never shorter.
 *
 * @param turn counts the times the head was written; the greater is the newer one
 * @param sequence the last record that is on disk; 0 in a new log
 * @param hash its chain hash
 */
record Head(long turn, long sequence, byte[] hash) {

    private static final long MAGIC = 0x434f464648454144L; // COFFHEAD
    private static final int VERSION = 1;

    /** The head of a log without records. */
    static Head ofNewLog() {
        return new Head(1, 0, new byte[Sha256.LENGTH]);
    }

    Head advancedTo(long newSequence, byte[] newHash) {
        return new Head(turn + 1, newSequence, newHash);
    }

    byte[] toPage(AuditKeys keys) {
        return SealedPage.seal(
                ByteBuffer.allocate(Long.BYTES + Integer.BYTES + 2 * Long.BYTES + Sha256.LENGTH)
                        .putLong(MAGIC)
                        .putInt(VERSION)
                        .putLong(turn)
                        .putLong(sequence)
                        .put(hash)
                        .array(),
                keys);
    }

    static Head ofPage(byte[] page, MacCheck macs) throws MalformedRecordException {
        Blocks in = new Blocks(ByteBuffer.wrap(SealedPage.open(page, macs)));
        if (in.number() != MAGIC || in.integer() != VERSION) {
            throw new MalformedRecordException("it is not the head of an audit log of a known version");
        }
        Head head = new Head(in.number(), in.number(), in.bytes(Sha256.LENGTH));
        in.requireEnd();
        if (head.turn < 1 || head.sequence < 0) {
            throw new MalformedRecordException("its numbers are wrong");
        }
        return head;
    }
}
