package org.cofferhsm.hsm.spi;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes the fields of a message one after the other, into memory that grows and is wiped when it is used again. */
public final class MessageWriter {

    private static final int KEPT = 64 * 1024;

    private ByteBuffer body;

    /** @param capacity how many bytes are at hand at first */
    public MessageWriter(int capacity) {
        body = ByteBuffer.allocate(capacity);
    }

    public MessageWriter u8(int value) {
        room(Byte.BYTES).put((byte) value);
        return this;
    }

    public MessageWriter u16(int value) {
        room(Short.BYTES).putShort((short) value);
        return this;
    }

    public MessageWriter u32(int value) {
        room(Integer.BYTES).putInt(value);
        return this;
    }

    public MessageWriter u64(long value) {
        room(Long.BYTES).putLong(value);
        return this;
    }

    /** A {@code bytes} field. */
    public MessageWriter bytes(byte[] bytes) {
        return u32(bytes.length).raw(bytes);
    }

    /** These bytes without a length before them. */
    public MessageWriter raw(byte[] bytes) {
        room(bytes.length).put(bytes);
        return this;
    }

    /** A {@code text} field. */
    public MessageWriter text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A {@code text} field that is a secret, which stays the caller's to wipe. */
    public MessageWriter secretText(char[] secret) {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(secret));
        u32(encoded.remaining());
        room(encoded.remaining()).put(encoded);
        Arrays.fill(encoded.array(), (byte) 0);
        return this;
    }

    /** A {@code bytes} field that holds what {@code fields} has written. */
    public MessageWriter nested(MessageWriter fields) {
        ByteBuffer part = fields.body.duplicate().flip();
        u32(part.remaining());
        room(part.remaining()).put(part);
        return this;
    }

    /** How many bytes have been written. */
    public int size() {
        return body.position();
    }

    /** Overwrites a {@code u32} written earlier, {@code at} bytes from the beginning. */
    public void setU32(int at, int value) {
        body.putInt(at, value);
    }

    /** What has been written, to be read; valid until the next change. */
    public ByteBuffer written() {
        return body.duplicate().flip();
    }

    /** Wipes what was written and begins anew. */
    public void clear() {
        Arrays.fill(body.array(), 0, body.position(), (byte) 0);
        body = body.capacity() > KEPT ? ByteBuffer.allocate(KEPT) : body.clear();
    }

    private ByteBuffer room(int bytes) {
        if (body.remaining() < bytes) {
            byte[] old = body.array();
            body = ByteBuffer.allocate(Math.max(body.capacity() * 2, Math.addExact(body.position(), bytes)))
                    .put(old, 0, body.position());
            Arrays.fill(old, (byte) 0);
        }
        return body;
    }
}
