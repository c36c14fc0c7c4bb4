package org.cofferhsm.signtool.format.appx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.signtool.format.Source;

/**
 * What ends an archive (APPNOTE.TXT 4.3.14 to 4.3.16).
 *
 * @param records the Zip64 end record and its locator where there are some, then the end record with the comment
 * @param endRecord where in these the end record starts; 0 without Zip64
 * @param start where the directory is
 * @param size its bytes
 * @param entries how many files it has
 */
record ZipEnd(Octets records, int endRecord, long start, long size, long entries) {

    static final int BYTES = 22;

    private static final int MARK = 0x06054b50;
    private static final int MOST_COMMENT_BYTES = 0xffff;
    private static final int DISKS = 4;
    private static final int ENTRIES_HERE = 8;
    private static final int ENTRIES = 10;
    private static final int SIZE = 12;
    private static final int START = 16;
    private static final int COMMENT_LENGTH = 20;
    private static final int FULL_COUNT = 0xffff;

    static ZipEnd read(Source source) throws IOException {
        long at = find(source);
        ByteBuffer end = source.read(at, (int) (source.size() - at));
        return Zip64End.isBefore(source, at) ? Zip64End.read(source, at, end) : plain(source, end, at);
    }

    private static ZipEnd plain(Source source, ByteBuffer end, long at) {
        long start = Integer.toUnsignedLong(end.getInt(START));
        long size = Integer.toUnsignedLong(end.getInt(SIZE));
        int entries = Short.toUnsignedInt(end.getShort(ENTRIES));
        return new ZipEnd(Octets.of(end.array()), 0, start, size, entries).directlyBefore(source, at);
    }

    /** There is room for nothing between the directory and what ends the archive. */
    ZipEnd directlyBefore(Source source, long at) {
        if (start < 0 || size < 0 || start > at || size != at - start) {
            throw HsmException.dataInvalid(source.path() + " is damaged: its directory of " + size + " bytes from "
                    + start + " does not end where the archive's end begins, at " + at);
        }
        return this;
    }

    /** The last mark whose comment reaches exactly to the end of the file. */
    private static long find(Source source) throws IOException {
        int length = (int) Math.min(source.size(), BYTES + MOST_COMMENT_BYTES);
        ByteBuffer tail = source.read(source.size() - length, length);
        for (int at = length - BYTES; at >= 0; at--) {
            if (tail.getInt(at) == MARK
                    && Short.toUnsignedInt(tail.getShort(at + COMMENT_LENGTH)) == length - at - BYTES) {
                return source.size() - length + at;
            }
        }
        throw HsmException.dataInvalid(source.path() + " is damaged: the end of the archive is missing");
    }

    /** The numbers of disks, which packers write as full and Windows wants to be zero once a package is signed. */
    int disks() {
        return little().getInt(endRecord + DISKS);
    }

    /** The same with other numbers of disks. */
    ZipEnd withDisks(int disks) {
        return new ZipEnd(
                Octets.of(little().putInt(endRecord + DISKS, disks).array()), endRecord, start, size, entries);
    }

    /** The same for another directory. */
    ZipEnd of(long newStart, long newSize, long newEntries) {
        ByteBuffer changed = little();
        if (endRecord > 0) {
            Zip64End.update(changed, newStart, newSize, newEntries);
        } else if (newStart + newSize >= Zip64Fields.FULL || newEntries >= FULL_COUNT) {
            throw HsmException.argumentInvalid("the package would need Zip64, which it has not; pack it with Zip64");
        }
        putUnlessFull(changed, SIZE, newSize);
        putUnlessFull(changed, START, newStart);
        putUnlessFull(changed, ENTRIES_HERE, (short) newEntries);
        putUnlessFull(changed, ENTRIES, (short) newEntries);
        return new ZipEnd(Octets.of(changed.array()), endRecord, newStart, newSize, newEntries);
    }

    private void putUnlessFull(ByteBuffer changed, int field, long value) {
        if (changed.getInt(endRecord + field) != -1) {
            changed.putInt(endRecord + field, (int) value);
        }
    }

    private void putUnlessFull(ByteBuffer changed, int field, short value) {
        if (changed.getShort(endRecord + field) != -1) {
            changed.putShort(endRecord + field, value);
        }
    }

    private ByteBuffer little() {
        return ByteBuffer.wrap(records.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    }
}
