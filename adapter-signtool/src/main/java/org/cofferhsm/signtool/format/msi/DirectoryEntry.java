package org.cofferhsm.signtool.format.msi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.signtool.format.Source;

/**
 * A stream, a storage, the root or an unused place in the directory (MS-CFB §2.6.1).
 *
 * @param id its number
 * @param at where in the file it is
 * @param bytes the entry as it stands
 */
record DirectoryEntry(int id, long at, ByteBuffer bytes) {

    static final int BYTES = 128;
    static final int NONE = -1;
    static final int UNUSED = 0;
    static final int STORAGE = 1;
    static final int STREAM = 2;
    static final int ROOT = 5;

    static final int COLOR = 67;
    static final int LEFT = 68;
    static final int RIGHT = 72;
    static final int CHILD = 76;
    static final int START = 116;
    static final int SIZE = 120;
    static final byte BLACK = 1;

    private static final int NAME_LENGTH = 64;
    private static final int TYPE = 66;
    private static final int CLASS_ID = 80;
    private static final int STATE = 96;
    private static final int TIMES = 100;
    private static final int MOST_NAME_BYTES = 64;

    static DirectoryEntry read(Source source, int id, long at) throws IOException {
        return new DirectoryEntry(id, at, source.read(at, BYTES));
    }

    /** The bytes of a new stream. */
    static byte[] stream(String name, int start, int size) {
        byte[] characters = name.getBytes(StandardCharsets.UTF_16LE);
        ByteBuffer made = ByteBuffer.wrap(unused()).order(ByteOrder.LITTLE_ENDIAN);
        made.put(characters).putShort(NAME_LENGTH, (short) (characters.length + 2));
        made.put(TYPE, (byte) STREAM).put(COLOR, BLACK);
        return made.putInt(START, start).putInt(SIZE, size).array();
    }

    /** The bytes of a place for a new one. */
    static byte[] unused() {
        ByteBuffer made = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        return made.putInt(LEFT, NONE).putInt(RIGHT, NONE).putInt(CHILD, NONE).array();
    }

    int type() {
        return bytes.get(TYPE);
    }

    boolean isStream() {
        return type() == STREAM;
    }

    /** In UTF-16, little-endian, without the zero at its end. */
    byte[] name() {
        int length = bytes.getShort(NAME_LENGTH);
        if (length < 2 || length > MOST_NAME_BYTES || length % 2 != 0) {
            throw HsmException.dataInvalid("an entry of the installer database has a malformed name");
        }
        return part(0, length - 2);
    }

    boolean isNamed(String name) {
        return Arrays.equals(name(), name.getBytes(StandardCharsets.UTF_16LE));
    }

    int left() {
        return bytes.getInt(LEFT);
    }

    int right() {
        return bytes.getInt(RIGHT);
    }

    int child() {
        return bytes.getInt(CHILD);
    }

    Octets classId() {
        return Octets.of(part(CLASS_ID, STATE - CLASS_ID));
    }

    byte[] state() {
        return part(STATE, TIMES - STATE);
    }

    /** When it was made and changed. */
    byte[] times() {
        return part(TIMES, START - TIMES);
    }

    int start() {
        return bytes.getInt(START);
    }

    /** No file here is so large that the upper half, which may be anything in version 3 (§2.6.1), were needed. */
    long size() {
        return Integer.toUnsignedLong(bytes.getInt(SIZE));
    }

    byte[] sizeBytes() {
        return part(SIZE, Integer.BYTES);
    }

    private byte[] part(int from, int length) {
        byte[] part = new byte[length];
        bytes.get(from, part);
        return part;
    }
}
