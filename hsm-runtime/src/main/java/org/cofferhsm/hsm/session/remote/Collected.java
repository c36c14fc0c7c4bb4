package org.cofferhsm.hsm.session.remote;

import java.util.Arrays;
import org.cofferhsm.hsm.spi.MessageWriter;

/**
 * Data on its way into an operation whose parts give no output: small parts are collected and travel together, since
 * programs like to give single bytes.
 */
final class Collected {

    static final int ROOM = 16 * 1024;

    private final byte[] buffer;
    private int filled;

    private Collected(int room) {
        buffer = new byte[room];
    }

    Collected() {
        this(ROOM);
    }

    /** For operations that collect nothing. */
    static Collected nothing() {
        return new Collected(0);
    }

    /** Takes data for later, or sends it with what was there before. */
    void add(RemoteStream stream, byte[] data, int offset, int length) {
        stream.requireTaking(data, offset, length);
        if (length > ROOM - filled) {
            flush(stream);
        }
        if (length > ROOM) {
            stream.update(data, offset, length);
        } else {
            System.arraycopy(data, offset, buffer, filled, length);
            filled += length;
        }
    }

    private void flush(RemoteStream stream) {
        if (filled > 0) {
            stream.update(buffer, 0, filled);
            clear();
        }
    }

    void write(MessageWriter out) {
        Wire.range(out, buffer, 0, filled);
    }

    void clear() {
        Arrays.fill(buffer, 0, filled, (byte) 0);
        filled = 0;
    }
}
