package org.cofferhsm.signtool.format.msi;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.signtool.format.Source;

/**
 * The header of a compound file (MS-CFB §2.2).
 *
 * @param version 3 or 4
 * @param fatSectors how many sectors the FAT has
 * @param bytes the header as it stands
 */
record CompoundHeader(int version, int fatSectors, ByteBuffer bytes) {

    static final int BYTES = 512;
    static final long MARK = 0xe11ab1a1e011cfd0L;

    static final int DIRECTORY_COUNT = 40;
    static final int FAT_COUNT = 44;
    static final int DIRECTORY_START = 48;
    static final int MINI_FAT_START = 60;
    static final int MINI_FAT_COUNT = 64;
    static final int DIFAT_START = 68;
    static final int DIFAT_COUNT = 72;
    static final int DIFAT = 76;
    static final int DIFAT_ENTRIES = 109;

    private static final int VERSION = 26;
    private static final int BYTE_ORDER = 28;
    private static final int SECTOR_SHIFT = 30;
    private static final int MINI_SECTOR_SHIFT = 32;
    private static final int MINI_CUTOFF = 56;
    private static final short LITTLE_ENDIAN = (short) 0xfffe;
    private static final int SHIFT_V3 = 9;
    private static final int SHIFT_V4 = 12;
    private static final int MINI_SHIFT = 6;

    static CompoundHeader read(Source source) throws IOException {
        ByteBuffer bytes = source.read(0, BYTES);
        int version = bytes.getShort(VERSION);
        int shift = bytes.getShort(SECTOR_SHIFT);
        boolean known = version == 3 && shift == SHIFT_V3 || version == 4 && shift == SHIFT_V4;
        if (!known
                || bytes.getLong(0) != MARK
                || bytes.getShort(BYTE_ORDER) != LITTLE_ENDIAN
                || bytes.getShort(MINI_SECTOR_SHIFT) != MINI_SHIFT
                || bytes.getInt(MINI_CUTOFF) != CompoundFile.MINI_CUTOFF) {
            throw HsmException.dataInvalid(source.path() + " is damaged: its header is not one of a compound file");
        }
        return new CompoundHeader(version, bytes.getInt(FAT_COUNT), bytes);
    }

    /** Where the root's entry should be, by a header that nobody has checked; negative for nowhere. */
    static long rootOffset(ByteBuffer header) {
        int shift = header.getShort(SECTOR_SHIFT);
        long sector = Integer.toUnsignedLong(header.getInt(DIRECTORY_START));
        return shift == SHIFT_V3 || shift == SHIFT_V4 ? (sector + 1) << shift : -1;
    }

    int sectorBytes() {
        return 1 << (version == 3 ? SHIFT_V3 : SHIFT_V4);
    }

    int directoryStart() {
        return bytes.getInt(DIRECTORY_START);
    }

    int miniFatStart() {
        return bytes.getInt(MINI_FAT_START);
    }

    int miniFatCount() {
        return bytes.getInt(MINI_FAT_COUNT);
    }

    int difatStart() {
        return bytes.getInt(DIFAT_START);
    }

    int difatEntry(int index) {
        return bytes.getInt(DIFAT + index * Integer.BYTES);
    }
}
