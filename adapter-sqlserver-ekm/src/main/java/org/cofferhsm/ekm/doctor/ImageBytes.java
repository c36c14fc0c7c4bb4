package org.cofferhsm.ekm.doctor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A file in memory, read at offsets that it names itself and that may lie. */
final class ImageBytes {

    private final ByteBuffer file;

    ImageBytes(byte[] file) {
        this.file = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }

    int u16(long at) {
        return Short.toUnsignedInt(file.getShort(within(at, Short.BYTES)));
    }

    long u32(long at) {
        return Integer.toUnsignedLong(file.getInt(within(at, Integer.BYTES)));
    }

    long u64(long at) {
        return file.getLong(within(at, Long.BYTES));
    }

    /** The text from there to the next zero byte. */
    String text(long at) {
        int begin = within(at, 1);
        int end = begin;
        while (file.get(within(end, 1)) != 0) {
            end++;
        }
        return new String(file.array(), begin, end - begin, StandardCharsets.US_ASCII);
    }

    private int within(long at, int bytes) {
        if (at < 0 || at > file.limit() - bytes) {
            throw new BrokenImageException("it refers to a place beyond its end");
        }
        return (int) at;
    }
}
