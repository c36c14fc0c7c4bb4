package org.cofferhsm.signtool.format.pe;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;

/**
 * The checksum of a PE image ("PE Format", CheckSum): the sum of its 16-bit words with end-around carry, the field
 * itself counted as zero, plus the file's size. Taken eight bytes at a time.
 */
final class PeChecksum {

    private static final long LOW = 0xffff_ffffL;
    private static final int WORD_BITS = 16;
    private static final int WORD = 0xffff;

    private final long[] eights = new long[1024];
    private long sum;
    private long size;

    /** Takes the next bytes of the file; consumes the buffer. */
    void add(ByteBuffer piece) {
        ByteBuffer words = piece.order(ByteOrder.LITTLE_ENDIAN);
        if (words.hasRemaining() && size % 2 != 0) {
            addByte(words.get());
        }
        addEights(words);
        while (words.hasRemaining()) {
            addByte(words.get());
        }
    }

    /** From an array, since a buffer's getLong takes a JVM that does not optimize five times as long. */
    private void addEights(ByteBuffer words) {
        LongBuffer buffer = words.asLongBuffer();
        while (buffer.hasRemaining()) {
            int count = Math.min(buffer.remaining(), eights.length);
            buffer.get(eights, 0, count);
            sum += sum(eights, count);
            size += (long) count * Long.BYTES;
            words.position(words.position() + count * Long.BYTES);
        }
    }

    /** 2^31 additions of 33 bits fit into 64, and a file has at most 2^32 bytes. */
    private static long sum(long[] eights, int count) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            long eight = eights[i];
            sum += (eight & LOW) + (eight >>> Integer.SIZE);
        }
        return sum;
    }

    private void addByte(byte value) {
        long word = Byte.toUnsignedLong(value);
        sum += size % 2 == 0 ? word : word << Byte.SIZE;
        size++;
    }

    /** The checksum of all that was added. */
    int value() {
        long folded = sum;
        while (folded > WORD) {
            folded = (folded & WORD) + (folded >>> WORD_BITS);
        }
        return (int) (folded + size);
    }
}
