package org.cofferhsm.signtool.format.appx;

import java.nio.ByteBuffer;
import org.cofferhsm.hsm.error.HsmException;

/**
 * The fields of a central directory header that may have 64 bits (APPNOTE.TXT 4.5.3).
 *
 * @param offsetAt where in the header the offset of 64 bits stands; 0 when it has 32
 */
record Zip64Fields(long size, long compressedSize, long offset, int offsetAt) {

    /** What a field of 32 bits says when the real value is elsewhere. */
    static final long FULL = 0xffff_ffffL;

    static final int OFFSET_ONLY_BYTES = 4 + Long.BYTES;

    private static final short EXTRA_ID = 1;
    private static final int COMPRESSED_SIZE = 20;
    private static final int SIZE = 24;
    private static final int EXTRA_LENGTH = 30;
    private static final int OFFSET = 42;

    static Zip64Fields of(ByteBuffer header, int extraStart) {
        ByteBuffer wide = extra(header, extraStart);
        long size = value(header, SIZE, wide);
        long compressed = value(header, COMPRESSED_SIZE, wide);
        int offsetAt = isFull(header, OFFSET) ? wide.position() : 0;
        return new Zip64Fields(size, compressed, value(header, OFFSET, wide), offsetAt);
    }

    /** The header with its offset changed; it stays where it was, in 32 or 64 bits. */
    byte[] moved(ByteBuffer header, long distance) {
        long to = offset + distance;
        if (offsetAt > 0) {
            header.putLong(offsetAt, to);
        } else if (to < FULL) {
            header.putInt(OFFSET, (int) to);
        } else {
            throw HsmException.argumentInvalid(
                    "the package would need Zip64, which its entries have no room for; pack it with Zip64");
        }
        return header.array();
    }

    static void putOffsetOnly(ByteBuffer header, long offset) {
        header.putShort(EXTRA_ID).putShort((short) Long.BYTES).putLong(offset);
    }

    private static boolean isFull(ByteBuffer header, int at) {
        return Integer.toUnsignedLong(header.getInt(at)) == FULL;
    }

    private static long value(ByteBuffer header, int at, ByteBuffer wide) {
        if (!isFull(header, at)) {
            return Integer.toUnsignedLong(header.getInt(at));
        }
        if (wide.remaining() < Long.BYTES) {
            throw HsmException.dataInvalid(
                    "an entry of the archive has no Zip64 field for what its header leaves open");
        }
        long value = wide.getLong();
        if (value < 0) {
            throw HsmException.dataInvalid("an entry of the archive has an absurd Zip64 field");
        }
        return value;
    }

    /** The Zip64 extra field; empty without one. Its position counts from the header's start. */
    private static ByteBuffer extra(ByteBuffer header, int start) {
        int end = start + Short.toUnsignedInt(header.getShort(EXTRA_LENGTH));
        int at = start;
        while (end - at >= 4) {
            int length = Short.toUnsignedInt(header.getShort(at + 2));
            if (header.getShort(at) == EXTRA_ID && length <= end - at - 4) {
                return header.duplicate()
                        .order(header.order())
                        .limit(at + 4 + length)
                        .position(at + 4);
            }
            at += 4 + length;
        }
        return header.duplicate().order(header.order()).limit(start).position(start);
    }
}
