package org.cofferhsm.signtool.format.appx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.signtool.format.Source;

/**
 * The header before a file's data (APPNOTE.TXT 4.3.7).
 *
 * @param length its bytes, name and extra field included
 * @param extra those of the extra field
 */
record LocalHeader(int length, int extra) {

    static final int BYTES = 30;

    private static final int NAME_LENGTH = 26;
    private static final int EXTRA_LENGTH = 28;

    /** Reads the header of an entry, which must be about the same file. */
    static LocalHeader read(Source source, ZipEntry entry) throws IOException {
        ByteBuffer fixed = source.read(entry.offset(), BYTES);
        int name = Short.toUnsignedInt(fixed.getShort(NAME_LENGTH));
        int extra = Short.toUnsignedInt(fixed.getShort(EXTRA_LENGTH));
        byte[] expected = entry.nameBytes().toByteArray();
        if (fixed.getInt(0) != ZipEntry.LOCAL_MARK
                || !Arrays.equals(
                        expected, source.read(entry.offset() + BYTES, name).array())) {
            throw HsmException.dataInvalid(source.path() + " has an entry that points to something else than its file");
        }
        return new LocalHeader(BYTES + name + extra, extra);
    }
}
