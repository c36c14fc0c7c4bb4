package org.cofferhsm.signtool.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A PE32+ image that is small enough to try every byte of: headers, one section, and whatever follows it. Its fields
 * can be made wrong.
 */
public final class TinyPe {
    /** Where the PE header starts. */
    public static final int PE = 64;
    /** Where the number of sections is. */
    public static final int SECTIONS = PE + 6;
    /** Where the size of the optional header is. */
    public static final int OPTIONAL_SIZE = PE + 20;

    /** Where the optional header starts. */
    public static final int OPTIONAL = PE + 24;
    /** Where the size of a page in memory is. */
    public static final int PAGE = OPTIONAL + 32;
    /** Where the size of the headers is. */
    public static final int HEADERS = OPTIONAL + 60;
    /** Where the checksum is. */
    public static final int CHECKSUM = OPTIONAL + 64;
    /** Where the number of data directories is. */
    public static final int DIRECTORIES = OPTIONAL + 108;
    /** Where the entry of the certificate table is. */
    public static final int CERTIFICATES = OPTIONAL + 112 + 4 * 8;
    /** Where the only section's header is. */
    public static final int SECTION = OPTIONAL + 240;

    private static final int HEADER_BYTES = 512;
    private static final int SECTION_BYTES = 512;

    private final ByteBuffer bytes;

    private TinyPe(int overlay) {
        bytes = ByteBuffer.allocate(HEADER_BYTES + SECTION_BYTES + overlay).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** With so many bytes behind the section. */
    public static TinyPe withOverlay(int overlay) {
        TinyPe image = new TinyPe(overlay);
        image.bytes.putShort(0, (short) 0x5a4d).putInt(60, PE).putInt(PE, 0x4550);
        image.bytes.putShort(PE + 4, (short) 0x8664).putShort(SECTIONS, (short) 1);
        image.bytes.putShort(OPTIONAL_SIZE, (short) 240).putShort(OPTIONAL, (short) 0x20b);
        image.bytes.putInt(PAGE, 4096).putInt(OPTIONAL + 36, 512).putInt(HEADERS, HEADER_BYTES);
        image.bytes.putInt(DIRECTORIES, 16);
        image.bytes.putInt(SECTION + 16, SECTION_BYTES).putInt(SECTION + 20, HEADER_BYTES);
        for (int i = HEADER_BYTES; i < image.bytes.limit(); i++) {
            image.bytes.put(i, (byte) (i * 31 + 7));
        }
        return image;
    }

    /** With four bytes at an offset set. */
    public TinyPe with(int offset, int value) {
        bytes.putInt(offset, value);
        return this;
    }

    /** With two bytes at an offset set. */
    public TinyPe withShort(int offset, int value) {
        bytes.putShort(offset, (short) value);
        return this;
    }

    public byte[] bytes() {
        return bytes.array().clone();
    }

    public Path write(Path file) throws IOException {
        return Files.write(file, bytes.array());
    }
}
