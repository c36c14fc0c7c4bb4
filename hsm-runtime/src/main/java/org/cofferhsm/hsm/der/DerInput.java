package org.cofferhsm.hsm.der;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.cofferhsm.hsm.error.HsmException;

/** Reads as much of DER (X.690 §10) as public keys and ECDSA signatures need; anything else is refused. */
public final class DerInput {

    private DerInput() {}

    /** The content of the next value, which must have this tag. */
    public static ByteBuffer read(ByteBuffer in, int tag) {
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
    public static BigInteger readInteger(ByteBuffer in) {
        byte[] bytes = bytes(read(in, Der.INTEGER));
        if (bytes.length == 0 || bytes[0] < 0 || (bytes.length > 1 && bytes[0] == 0 && bytes[1] >= 0)) {
            throw malformed();
        }
        return new BigInteger(bytes);
    }

    public static void requireEnd(ByteBuffer in) {
        if (in.hasRemaining()) {
            throw malformed();
        }
    }

    public static byte[] bytes(ByteBuffer in) {
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
