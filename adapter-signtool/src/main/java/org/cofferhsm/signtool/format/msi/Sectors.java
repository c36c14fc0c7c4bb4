package org.cofferhsm.signtool.format.msi;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.signtool.format.Source;

/**
 * The sectors of a compound file (MS-CFB §2.1).
 *
 * @param bytes the size of each
 * @param count how many there are; the last one may be cut short
 */
record Sectors(Source source, int bytes, int count) {

    /** Beyond this a compound file has a sector that locks must not meet (§2.6.1), and Windows installs nothing. */
    static final long MOST_FILE_BYTES = 0x7fff_ff00L;

    static final int END_OF_CHAIN = -2;
    static final int FREE = -1;
    static final int FAT = -3;
    static final int DIFAT = -4;

    static Sectors of(Source source, int bytes) {
        if (source.size() > MOST_FILE_BYTES) {
            throw HsmException.dataInvalid(source.path() + " is larger than an installer database can be (2 GB)");
        }
        return new Sectors(source, bytes, (int) Math.max(0, (source.size() - 1) / bytes));
    }

    long offset(int sector) {
        return (sector + 1L) * bytes;
    }

    /** The number of entries in a sector of a FAT. */
    int entries() {
        return bytes / Integer.BYTES;
    }

    ByteBuffer read(int sector) throws IOException {
        requireInside(sector);
        return source.read(offset(sector), bytes);
    }

    void requireInside(int sector) {
        if (sector < 0 || sector >= count) {
            throw HsmException.dataInvalid(source.path() + " is damaged: it speaks of sector "
                    + Integer.toUnsignedString(sector) + ", but has " + count);
        }
    }
}
