package org.cofferhsm.hsm.audit;

import java.nio.ByteBuffer;

/** Reads numbers and length-prefixed blocks from bytes that may be hostile. */
final class Blocks {

    private final ByteBuffer in;

    Blocks(ByteBuffer in) {
        this.in = in;
    }

    int octet() throws MalformedRecordException {
        return require(1).get() & 0xff;
    }

    int integer() throws MalformedRecordException {
        return require(Integer.BYTES).getInt();
    }

    long number() throws MalformedRecordException {
        return require(Long.BYTES).getLong();
    }

    byte[] bytes(int count) throws MalformedRecordException {
        byte[] bytes = new byte[count];
        require(count).get(bytes);
        return bytes;
    }

    /** A 16-bit length, at the most {@code limit}, and as many bytes. */
    byte[] block(int limit) throws MalformedRecordException {
        int length = require(Short.BYTES).getShort() & 0xffff;
        if (length > limit || length > in.remaining()) {
            throw new MalformedRecordException("a length in it is wrong");
        }
        return bytes(length);
    }

    int position() {
        return in.position();
    }

    void requireEnd() throws MalformedRecordException {
        if (in.hasRemaining()) {
            throw new MalformedRecordException("something follows its end");
        }
    }

    private ByteBuffer require(int count) throws MalformedRecordException {
        if (in.remaining() < count) {
            throw new MalformedRecordException("it ends too early");
        }
        return in;
    }
}
