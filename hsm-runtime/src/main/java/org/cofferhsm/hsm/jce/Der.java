package org.cofferhsm.hsm.jce;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.cofferhsm.hsm.error.HsmException;

/** As much of DER (X.690 §10) as public keys and ECDSA signatures need; anything else is refused. */
final class Der {

    static final int INTEGER = 0x02;
    static final int BIT_STRING = 0x03;
    static final int SEQUENCE = 0x30;

    private Der() {}

    static byte[] sequence(byte[]... elements) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] element : elements) {
            content.writeBytes(element);
        }
        return value(SEQUENCE, content.toByteArray());
    }

    static byte[] integer(BigInteger number) {
        return value(INTEGER, number.toByteArray());
    }

    /** One value of at most 255 bytes, which a signature's are. */
    private static byte[] value(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length > 127) {
            out.write(0x81);
        }
        out.write(content.length);
        out.writeBytes(content);
        return out.toByteArray();
    }

    /** The content of the next value, which must have this tag. */
    static ByteBuffer read(ByteBuffer in, int tag) {
        if (in.remaining() < 2 || (in.get() & 0xff) != tag) {
            throw malformed();
        }
        int length = readLength(in);
        if (length > in.remaining()) {
            throw malformed();
        }
        ByteBuffer content = in.slice().limit(length);
        in.position(in.position() + length);
        return content;
    }

    /** The next value, which must be an integer, not negative and in its shortest form. */
    static BigInteger readInteger(ByteBuffer in) {
        byte[] bytes = bytes(read(in, INTEGER));
        if (bytes.length == 0 || bytes[0] < 0 || (bytes.length > 1 && bytes[0] == 0 && bytes[1] >= 0)) {
            throw malformed();
        }
        return new BigInteger(bytes);
    }

    static void requireEnd(ByteBuffer in) {
        if (in.hasRemaining()) {
            throw malformed();
        }
    }

    static byte[] bytes(ByteBuffer in) {
        byte[] bytes = new byte[in.remaining()];
        in.get(bytes);
        return bytes;
    }

    private static int readLength(ByteBuffer in) {
        int first = in.get() & 0xff;
        if (first < 0x80) {
            return first;
        }
        int octets = first & 0x7f;
        if (octets == 0 || octets > 3 || octets > in.remaining()) {
            throw malformed();
        }
        int length = 0;
        for (int i = 0; i < octets; i++) {
            length = length << 8 | in.get() & 0xff;
        }
        if (length < 0x80 || length >> 8 * (octets - 1) == 0) {
            throw malformed();
        }
        return length;
    }

    private static HsmException malformed() {
        return HsmException.dataInvalid("the bytes are not the DER encoding expected here");
    }
}
