package org.cofferhsm.signtool.format.appx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.signtool.format.Source;

/** The Zip64 end record (APPNOTE.TXT 4.3.14) and the locator behind it (4.3.15). */
final class Zip64End {

    private static final int MARK = 0x06064b50;
    private static final int LOCATOR_MARK = 0x07064b50;
    private static final int LOCATOR_BYTES = 20;
    private static final int LOCATOR_START = 8;
    private static final int BYTES = 56;
    private static final int MOST_BYTES = 1 << 16;
    private static final int SIZE_OF_REST = 4;
    private static final int ENTRIES_HERE = 24;
    private static final int ENTRIES = 32;
    private static final int SIZE = 40;
    private static final int START = 48;

    private Zip64End() {}

    static boolean isBefore(Source source, long end) throws IOException {
        return end >= LOCATOR_BYTES
                && source.read(end - LOCATOR_BYTES, Integer.BYTES).getInt() == LOCATOR_MARK;
    }

    static ZipEnd read(Source source, long at, ByteBuffer end) throws IOException {
        long start = source.read(at - LOCATOR_BYTES + LOCATOR_START, Long.BYTES).getLong();
        long length = at - start;
        if (start < 0 || length < BYTES + LOCATOR_BYTES || length > MOST_BYTES) {
            throw HsmException.dataInvalid(source.path() + " is damaged: its Zip64 locator points to " + start);
        }
        ByteBuffer all = ByteBuffer.allocate((int) length + end.limit()).order(ByteOrder.LITTLE_ENDIAN);
        all.put(source.read(start, (int) length)).put(end.duplicate()).flip();
        if (all.getInt(0) != MARK || all.getLong(SIZE_OF_REST) != length - LOCATOR_BYTES - 12) {
            throw HsmException.dataInvalid(source.path() + " is damaged: its Zip64 end record is malformed");
        }
        return new ZipEnd(
                        Octets.of(all.array()),
                        (int) length,
                        all.getLong(START),
                        all.getLong(SIZE),
                        all.getLong(ENTRIES))
                .directlyBefore(source, start);
    }

    static void update(ByteBuffer records, long start, long size, long entries) {
        records.putLong(ENTRIES_HERE, entries).putLong(ENTRIES, entries);
        records.putLong(SIZE, size).putLong(START, start);
        int locator = (int) records.getLong(SIZE_OF_REST) + 12;
        records.putLong(locator + LOCATOR_START, start + size);
    }
}
