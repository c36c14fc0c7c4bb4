package org.cofferhsm.hsm.jce;

import java.util.Arrays;

/** Data that comes in parts and may be secret: no copy of it is left behind when it has grown or was cleared. */
final class Gathered {

    private static final int USUAL = 512;

    private byte[] buffer;
    private int length;

    Gathered() {
        this(new byte[USUAL]);
    }

    /** @param buffer becomes this one's own */
    Gathered(byte[] buffer) {
        this.buffer = buffer;
    }

    void add(byte[] data, int offset, int count) {
        if (count > buffer.length - length) {
            grow(Math.addExact(length, count));
        }
        System.arraycopy(data, offset, buffer, length, count);
        length += count;
    }

    private void grow(int least) {
        byte[] old = buffer;
        buffer = Arrays.copyOf(old, Math.max(least, 2 * old.length));
        Arrays.fill(old, (byte) 0);
    }

    /** All of it, for the caller to wipe. */
    byte[] copy() {
        return Arrays.copyOf(buffer, length);
    }

    void clear() {
        Arrays.fill(buffer, 0, length, (byte) 0);
        length = 0;
    }
}
