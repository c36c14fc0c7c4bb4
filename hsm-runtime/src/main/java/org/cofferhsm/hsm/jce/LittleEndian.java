package org.cofferhsm.hsm.jce;

import java.math.BigInteger;

/** Numbers whose first byte is the lowest, as RFC 7748 and RFC 8032 write them. */
final class LittleEndian {

    private LittleEndian() {}

    static BigInteger number(byte[] bytes) {
        return new BigInteger(1, reversed(bytes));
    }

    /** The {@code length} lowest bytes of a number that is not negative. */
    static byte[] bytes(BigInteger number, int length) {
        return reversed(BigEndian.bytes(number, length));
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] result = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            result[i] = bytes[bytes.length - 1 - i];
        }
        return result;
    }
}
