package org.cofferhsm.hsm.audit;

import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * The end of a chain of records: each record's hash is SHA-256 over the hash before it and its content. The first
 * record of a segment follows the hash of the segment's header, which holds the last hash of the segment before.
 */
final class Chain {

    private final Sha256 sha256 = new Sha256();
    private long sequence;
    private byte[] recordHash;
    private byte[] hash;

    /** The chain after the record of this number and hash; after 0 and zeros at the start of a log. */
    Chain(long sequence, byte[] recordHash) {
        this.sequence = sequence;
        this.recordHash = recordHash;
        this.hash = recordHash;
    }

    /** The number of the last record. */
    long sequence() {
        return sequence;
    }

    /** The hash of the last record. */
    byte[] recordHash() {
        return recordHash;
    }

    /** The hash that the next record follows: the last record's, or that of the segment's header. */
    byte[] hash() {
        return hash;
    }

    /** The hash of a record with this content, were it the next. */
    byte[] hashOf(byte[] content) {
        return sha256.of(hash, content);
    }

    void advance(byte[] next) {
        sequence++;
        recordHash = next;
        hash = next;
    }

    /** Goes on in a new segment. */
    void restart(byte[] headerHash) {
        hash = headerHash;
    }

    /** Whether the record is the next one, unaltered. */
    boolean continuesWith(Frame frame) {
        return frame.sequence() == sequence + 1 && MessageDigest.isEqual(hashOf(frame.content()), frame.hash());
    }

    /** Whether the record is the next one but for its sequence number. */
    boolean continuesWithRenumbered(Frame frame) {
        byte[] content = frame.content().clone();
        ByteBuffer.wrap(content).putLong(Frame.SEQUENCE_AT, sequence + 1);
        return MessageDigest.isEqual(hashOf(content), frame.hash());
    }
}
