package org.cofferhsm.signtool.format.appx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;

/**
 * One file as the central directory of an archive has it (APPNOTE.TXT 4.3.12).
 *
 * @param header the header as it stands
 * @param zip64 its fields of 64 bits; the header's own where that has no room for less
 */
record ZipEntry(Octets header, Zip64Fields zip64) {

    static final int LOCAL_MARK = 0x04034b50;
    static final int MARK = 0x02014b50;
    static final int HEADER_BYTES = 46;
    static final int STORED = 0;
    static final int DEFLATED = 8;

    private static final int VERSION = 6;
    private static final int FLAGS = 8;
    private static final int METHOD = 10;
    private static final int TIMES = 12;
    private static final int CRC = 16;
    private static final int NAME_LENGTH = 28;
    private static final int EXTRA_LENGTH = 30;
    private static final int COMMENT_LENGTH = 32;
    private static final int OFFSET = 42;

    /** Sizes follow the data: the local header has none. */
    private static final int DESCRIPTOR_FLAG = 8;

    private static final int ENCRYPTED_FLAG = 1;

    private static final short VERSION_STORED = 20;
    private static final short VERSION_ZIP64 = 45;

    /** Takes the header at the buffer's position. */
    static ZipEntry next(ByteBuffer directory) {
        int start = directory.position();
        if (directory.remaining() < HEADER_BYTES || directory.getInt(start) != MARK) {
            throw HsmException.dataInvalid("the archive's directory is damaged at its byte " + start);
        }
        int length = HEADER_BYTES
                + Short.toUnsignedInt(directory.getShort(start + NAME_LENGTH))
                + Short.toUnsignedInt(directory.getShort(start + EXTRA_LENGTH))
                + Short.toUnsignedInt(directory.getShort(start + COMMENT_LENGTH));
        if (length > directory.remaining()) {
            throw HsmException.dataInvalid("the archive's directory ends within an entry");
        }
        byte[] header = new byte[length];
        directory.get(header);
        return of(Octets.of(header));
    }

    static ZipEntry of(Octets header) {
        return new ZipEntry(header, Zip64Fields.of(little(header), extraStart(header)));
    }

    private static ByteBuffer little(Octets header) {
        return ByteBuffer.wrap(header.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int extraStart(Octets header) {
        return HEADER_BYTES + Short.toUnsignedInt(little(header).getShort(NAME_LENGTH));
    }

    private int field(int offset) {
        return Short.toUnsignedInt(little(header).getShort(offset));
    }

    Octets nameBytes() {
        byte[] name = new byte[field(NAME_LENGTH)];
        little(header).get(HEADER_BYTES, name);
        return Octets.of(name);
    }

    boolean isNamed(String path) {
        return nameBytes().equals(Octets.of(path.getBytes(StandardCharsets.UTF_8)));
    }

    int method() {
        return field(METHOD);
    }

    boolean isEncrypted() {
        return (field(FLAGS) & ENCRYPTED_FLAG) != 0;
    }

    boolean hasDescriptor() {
        return (field(FLAGS) & DESCRIPTOR_FLAG) != 0;
    }

    int crc() {
        return little(header).getInt(CRC);
    }

    /** The bytes that could hold anything: extra fields and comment. */
    int freeBytes() {
        return field(EXTRA_LENGTH) + field(COMMENT_LENGTH);
    }

    long compressedSize() {
        return zip64.compressedSize();
    }

    long size() {
        return zip64.size();
    }

    /** Where its local header is. */
    long offset() {
        return zip64.offset();
    }

    /** The same file elsewhere in the archive. */
    ZipEntry movedBy(long distance) {
        return distance == 0 ? this : of(Octets.of(zip64.moved(little(header), distance)));
    }

    /** A file with this one's times, not compressed. */
    ZipEntry stored(StoredData data, long offset) {
        boolean far = offset >= Zip64Fields.FULL;
        byte[] name = data.name();
        ByteBuffer made = ByteBuffer.allocate(HEADER_BYTES + name.length + (far ? Zip64Fields.OFFSET_ONLY_BYTES : 0))
                .order(ByteOrder.LITTLE_ENDIAN);
        byte[] old = header.toByteArray();
        made.put(old, 0, VERSION).putShort(far ? VERSION_ZIP64 : VERSION_STORED);
        made.putShort((short) 0).putShort((short) STORED).put(old, TIMES, CRC - TIMES);
        made.putInt(data.crc()).putInt(data.content().length).putInt(data.content().length);
        made.putShort((short) name.length).putShort((short) (far ? Zip64Fields.OFFSET_ONLY_BYTES : 0));
        made.putInt(OFFSET, far ? -1 : (int) offset).position(HEADER_BYTES);
        made.put(name);
        if (far) {
            Zip64Fields.putOffsetOnly(made, offset);
        }
        return of(Octets.of(made.array()));
    }

    /** The local header (4.3.7) of a file that is not compressed. */
    byte[] localHeader() {
        byte[] name = nameBytes().toByteArray();
        ByteBuffer local = ByteBuffer.allocate(LocalHeader.BYTES + name.length).order(ByteOrder.LITTLE_ENDIAN);
        local.putInt(LOCAL_MARK).putShort(VERSION_STORED);
        local.put(header.toByteArray(), FLAGS, NAME_LENGTH - FLAGS); // flags to sizes are the same fields
        local.putShort((short) name.length).putShort((short) 0).put(name);
        return local.array();
    }
}
