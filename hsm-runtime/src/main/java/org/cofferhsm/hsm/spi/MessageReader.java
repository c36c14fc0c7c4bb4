package org.cofferhsm.hsm.spi;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads the fields of a message one after the other; complains where a field reaches beyond the end. */
public final class MessageReader {

    private final ByteBuffer body;

    /** @param body the message's body, from its position to its limit, big-endian */
    public MessageReader(ByteBuffer body) {
        this.body = body;
    }

    public int u8() {
        return Byte.toUnsignedInt(need(Byte.BYTES).get());
    }

    public int u16() {
        return Short.toUnsignedInt(need(Short.BYTES).getShort());
    }

    /** A 32-bit code or flags: all bit patterns. */
    public int u32() {
        return need(Integer.BYTES).getInt();
    }

    /** All bit patterns; a negative number stands for one from 2^63 on. */
    public long u64() {
        return need(Long.BYTES).getLong();
    }

    /** How many items of at least {@code itemBytes} follow; never more than the message can hold. */
    public int count(int itemBytes) {
        int count = u32();
        if (count < 0 || (long) count * itemBytes > body.remaining()) {
            throw new MalformedMessageException(
                    Integer.toUnsignedString(count) + " items do not fit into " + body.remaining() + " bytes");
        }
        return count;
    }

    /** A {@code bytes} field. */
    public byte[] bytes() {
        return exactly(count(1));
    }

    /** So many bytes, without a length before them. */
    public byte[] exactly(int length) {
        byte[] bytes = new byte[length];
        need(length).get(bytes);
        return bytes;
    }

    /** A {@code bytes} field as a message of its own; it shares this one's memory. */
    public MessageReader nested() {
        int length = count(1);
        ByteBuffer part = body.slice(body.position(), length);
        body.position(body.position() + length);
        return new MessageReader(part);
    }

    /** A {@code text} field. */
    public String text() {
        byte[] bytes = bytes();
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            MalformedMessageException malformed = new MalformedMessageException("a text is not UTF-8");
            malformed.initCause(e);
            throw malformed;
        }
    }

    /** A {@code bytes} field holding UTF-8 text that is a secret; the caller wipes it. */
    public char[] secretText() {
        int length = count(1);
        ByteBuffer part = body.slice(body.position(), length);
        body.position(body.position() + length);
        CharBuffer decoded = StandardCharsets.UTF_8.decode(part);
        char[] text = new char[decoded.remaining()];
        decoded.get(text);
        decoded.clear();
        while (decoded.hasRemaining()) {
            decoded.put('\0');
        }
        return text;
    }

    /** Whether all fields have been read. */
    public boolean atEnd() {
        return !body.hasRemaining();
    }

    /** Complains when something is left. */
    public void end() {
        if (!atEnd()) {
            throw new MalformedMessageException(body.remaining() + " bytes are left over");
        }
    }

    private ByteBuffer need(int bytes) {
        if (body.remaining() < bytes) {
            throw new MalformedMessageException(bytes + " bytes are wanted where " + body.remaining() + " are left");
        }
        return body;
    }
}
