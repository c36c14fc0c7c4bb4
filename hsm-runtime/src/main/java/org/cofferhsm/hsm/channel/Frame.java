package org.cofferhsm.hsm.channel;

import java.nio.ByteBuffer;

/**
 * One request or reply ({@code docs/channel.md}, "Frames").
 *
 * @param id chosen by the client
 * @param code the operation, or the status
 * @param body what follows; valid until the next frame is read
 */
record Frame(long id, int code, ByteBuffer body) {

    /** The length field itself. */
    static final int LENGTH_BYTES = Integer.BYTES;

    /** What the length field counts besides the body: id and code. */
    static final int HEADER_BYTES = Long.BYTES + Integer.BYTES;

    static final int MIN_LENGTH = HEADER_BYTES;
    static final int MAX_LENGTH = 1 << 24;

    @Override
    public String toString() {
        return "Frame[" + Integer.toUnsignedString(code) + ", " + body.remaining() + " bytes]";
    }
}
