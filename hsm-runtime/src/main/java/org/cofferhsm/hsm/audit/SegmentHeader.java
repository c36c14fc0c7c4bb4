package org.cofferhsm.hsm.audit;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.cofferhsm.hsm.audit.AuditEvent.ChangeMark;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;

/**
 * What each segment file starts with, on a page of its own; format version 1.
 *
 * @param origin which module, and by which key its checkpoints are verified; the same in all segments
 * @param number the number of the segment, from 1
 * @param segmentBytes the size of the file
 * @param firstSequence the number of its first record
 * @param previousHash the chain hash of the last record before it; zeros in the first segment
 * @param previousHeader the hash of the header of the segment before it; zeros in the first segment
 * @param lastChange the store's last change that was recorded before this segment
 */
record SegmentHeader(
        Origin origin,
        long number,
        int segmentBytes,
        long firstSequence,
        Octets previousHash,
        Octets previousHeader,
        Optional<ChangeMark> lastChange) {

    /** The module's identity and public key (X.509 SubjectPublicKeyInfo). */
    record Origin(Octets module, Octets publicKey) {

        /** Compared at every start, and a record's own comparison is put together at run time. */
        boolean isSameAs(Origin other) {
            return module.equals(other.module) && publicKey.equals(other.publicKey);
        }
    }

    static final int MAX_MODULE = 64;
    private static final int MAX_PUBLIC_KEY = 2048;
    private static final long MAGIC = 0x434f464641554454L; // COFFAUDT
    private static final int VERSION = 1;
    private static final Octets NONE = Octets.of(new byte[Sha256.LENGTH]);

    /** The header of a new log. */
    static SegmentHeader first(Origin origin, int segmentBytes) {
        return new SegmentHeader(origin, 1, segmentBytes, 1, NONE, NONE, Optional.empty());
    }

    /** The header of the segment that follows this one, after the chain's last record. */
    SegmentHeader following(Chain chain, int bytes, Optional<ChangeMark> change) {
        return new SegmentHeader(
                origin,
                number + 1,
                bytes,
                chain.sequence() + 1,
                Octets.of(chain.recordHash()),
                Octets.of(hash()),
                change);
    }

    /** Whether this is the header of the segment after the one with that header. */
    boolean follows(SegmentHeader before) {
        return number == before.number + 1
                && origin.isSameAs(before.origin)
                && firstSequence > before.firstSequence
                && previousHeader.equals(Octets.of(before.hash()));
    }

    /** Whether the segment starts right after the last record of the chain. */
    boolean continues(Chain chain) {
        return firstSequence == chain.sequence() + 1 && previousHash.equals(Octets.of(chain.recordHash()));
    }

    boolean isFirst() {
        return number == 1 && firstSequence == 1 && previousHash.equals(NONE) && previousHeader.equals(NONE);
    }

    /** What the first record of the segment follows. */
    byte[] hash() {
        return SealedPage.hash(content());
    }

    byte[] toPage(AuditKeys keys) {
        return SealedPage.seal(content(), keys);
    }

    private byte[] content() {
        ByteBuffer out = ByteBuffer.allocate(SealedPage.SIZE);
        out.putLong(MAGIC).putInt(VERSION).putLong(number).putInt(segmentBytes).putLong(firstSequence);
        out.put(previousHash.toByteArray()).put(previousHeader.toByteArray());
        Marks.write(lastChange, out);
        out.putShort((short) origin.module().length()).put(origin.module().toByteArray());
        out.putShort((short) origin.publicKey().length()).put(origin.publicKey().toByteArray());
        return Arrays.copyOf(out.array(), out.position());
    }

    static SegmentHeader ofPage(byte[] page, MacCheck macs) throws MalformedRecordException {
        Blocks in = new Blocks(ByteBuffer.wrap(SealedPage.open(page, macs)));
        if (in.number() != MAGIC) {
            throw new MalformedRecordException("it is not the header of an audit log");
        }
        int version = in.integer();
        if (version != VERSION) {
            throw new MalformedRecordException("its format version " + version + " is not known");
        }
        SegmentHeader header = fields(in);
        in.requireEnd();
        return header;
    }

    private static SegmentHeader fields(Blocks in) throws MalformedRecordException {
        long number = in.number();
        int segmentBytes = in.integer();
        long firstSequence = in.number();
        Octets previousHash = Octets.of(in.bytes(Sha256.LENGTH));
        Octets previousHeader = Octets.of(in.bytes(Sha256.LENGTH));
        Optional<ChangeMark> lastChange = Marks.read(in);
        Origin origin = new Origin(Octets.of(in.block(MAX_MODULE)), Octets.of(in.block(MAX_PUBLIC_KEY)));
        if (number < 1 || firstSequence < 1) {
            throw new MalformedRecordException("its numbers are wrong");
        }
        return new SegmentHeader(origin, number, segmentBytes, firstSequence, previousHash, previousHeader, lastChange);
    }

    /** The origin of a log, within the bounds of a header. */
    static Origin origin(AuditSettings settings, AuditKeys keys) {
        byte[] publicKey = keys.publicKey();
        if (publicKey.length > MAX_PUBLIC_KEY) {
            throw HsmException.argumentInvalid("the audit log's public key is longer than 2048 bytes");
        }
        return new Origin(settings.module(), Octets.of(publicKey));
    }
}
