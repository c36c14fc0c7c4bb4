package org.cofferhsm.hsm.key;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.cofferhsm.hsm.error.HsmException;

/** Collects numbers and length-prefixed blocks; all integers big-endian. */
final class ByteWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

    ByteWriter number(int value) {
        out.write(value >>> 24);
        out.write(value >>> 16);
        out.write(value >>> 8);
        out.write(value);
        return this;
    }

    /** A 32-bit length and the bytes. */
    ByteWriter block(byte[] bytes) {
        number(bytes.length).out.writeBytes(bytes);
        return this;
    }

    byte[] toByteArray() {
        return out.toByteArray();
    }

    /** Reads what {@link #block} wrote, within the bounds of {@code in}. */
    static byte[] readBlock(ByteBuffer in) {
        int length = in.remaining() < Integer.BYTES ? -1 : in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw HsmException.dataInvalid("the encoded attributes end in the middle of a value");
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }
}
