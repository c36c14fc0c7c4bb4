package org.cofferhsm.signtool.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A cabinet of one folder with one file, not compressed; its fields can be made wrong. */
public final class TinyCab {
    /** Where the reserved field is that must be zero. */
    public static final int RESERVED = 4;
    /** Where the cabinet's size is. */
    public static final int SIZE = 8;
    /** Where the offset of the files' entries is. */
    public static final int FILES = 16;
    /** Where the number of folders is. */
    public static final int FOLDERS = 26;
    /** Where the number of files is. */
    public static final int COUNT = 28;
    /** Where the flags are. */
    public static final int FLAGS = 30;
    /** Where the reserve's sizes are, if there is one. */
    public static final int RESERVE = 36;

    private static final byte[] CONTENT = "Hello, world\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NAME = "hello.txt\0".getBytes(StandardCharsets.US_ASCII);
    private static final int FOLDER_BYTES = 8;
    private static final int FILE_BYTES = 16;
    private static final int BLOCK_BYTES = 8;

    private final ByteBuffer bytes;
    private final int head;

    private TinyCab(int reserve, int folderReserve, int dataReserve) {
        head = RESERVE + reserve;
        int size = head
                + (FOLDER_BYTES + folderReserve)
                + (FILE_BYTES + NAME.length)
                + (BLOCK_BYTES + dataReserve + CONTENT.length);
        bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        int files = head + FOLDER_BYTES + folderReserve;
        int data = files + FILE_BYTES + NAME.length;
        bytes.putInt(0, 0x4643534d).putInt(SIZE, size).putInt(FILES, files).putShort(24, (short) 0x103);
        bytes.putShort(FOLDERS, (short) 1).putShort(28, (short) 1).putShort(32, (short) 4711);
        bytes.putInt(head, data).putShort(head + 4, (short) 1);
        bytes.putInt(files, CONTENT.length).putShort(files + 14, (short) 0x20).put(files + FILE_BYTES, NAME);
        bytes.putShort(data + 4, (short) CONTENT.length).putShort(data + 6, (short) CONTENT.length);
        bytes.put(data + BLOCK_BYTES + dataReserve, CONTENT);
    }

    /** Without reserve. */
    public static TinyCab plain() {
        return new TinyCab(0, 0, 0);
    }

    /** With a reserve that holds this, and some in each folder and each block too. */
    public static TinyCab reserving(int folder, int data, byte... content) {
        TinyCab cab = new TinyCab(4 + content.length, folder, data);
        cab.bytes.putShort(FLAGS, (short) 4).putShort(RESERVE, (short) content.length);
        cab.bytes.put(RESERVE + 2, (byte) folder).put(RESERVE + 3, (byte) data).put(RESERVE + 4, content);
        return cab;
    }

    /** With four bytes at an offset set. */
    public TinyCab with(int offset, int value) {
        bytes.putInt(offset, value);
        return this;
    }

    /** With two bytes at an offset set. */
    public TinyCab withShort(int offset, int value) {
        bytes.putShort(offset, (short) value);
        return this;
    }

    /** With two bytes of the folder's entry set. */
    public TinyCab withFolder(int offset, int value) {
        return withShort(head + offset, value);
    }

    /** With two bytes of the only file's entry set. */
    public TinyCab withFile(int offset, int value) {
        return withShort(bytes.getInt(FILES) + offset, value);
    }

    /** With two bytes of the only block's header set. */
    public TinyCab withBlock(int offset, int value) {
        return withShort(bytes.getInt(head) + offset, value);
    }

    public byte[] bytes() {
        return bytes.array().clone();
    }
}
