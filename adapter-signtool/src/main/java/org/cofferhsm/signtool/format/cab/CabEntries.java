package org.cofferhsm.signtool.format.cab;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.cofferhsm.signtool.format.Source;

/** Whether each file in a cabinet (MS-CAB 2.3, CFFILE) is inside the data of a folder. */
final class CabEntries {

    private static final int FIXED_BYTES = 16;
    private static final int NAME_BYTES = 257;
    private static final int START = 4;
    private static final int FOLDER = 8;

    private final Source source;
    private final CabHeader header;
    private final long[] unpacked;

    private CabEntries(Source source, CabHeader header, long[] unpacked) {
        this.source = source;
        this.header = header;
        this.unpacked = unpacked;
    }

    /**
     * Refuses a cabinet with files that are elsewhere.
     *
     * @param unpacked the size of each folder's data
     */
    static void requireSound(Source source, CabHeader header, long[] unpacked) throws IOException {
        CabEntries entries = new CabEntries(source, header, unpacked);
        long at = header.filesOffset();
        for (int i = 0; i < header.files(); i++) {
            at += entries.check(at);
        }
    }

    /** Checks the entry at an offset; returns its size. */
    private int check(long offset) throws IOException {
        int most = (int) Math.min(FIXED_BYTES + NAME_BYTES, header.size() - offset);
        CabHeader.require(most > FIXED_BYTES, source, "the list of its files goes beyond its end");
        ByteBuffer entry = source.read(offset, most);
        int folder = Short.toUnsignedInt(entry.getShort(FOLDER));
        CabHeader.require(folder < unpacked.length, source, "a file is in a folder that it does not have");
        long end = Integer.toUnsignedLong(entry.getInt(START)) + Integer.toUnsignedLong(entry.getInt(0));
        CabHeader.require(end <= unpacked[folder], source, "a file is larger than its folder");
        return length(entry);
    }

    private int length(ByteBuffer entry) {
        int at = FIXED_BYTES;
        while (at < entry.limit() && entry.get(at) != 0) {
            at++;
        }
        CabHeader.require(at < entry.limit(), source, "the name of a file has no end");
        return at + 1;
    }
}
