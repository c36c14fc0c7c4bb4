package org.cofferhsm.hsm.jce;

import java.math.BigInteger;
import java.util.Arrays;
import org.cofferhsm.hsm.error.HsmException;

/** Numbers in a fixed number of bytes, the highest first (RFC 8017's I2OSP). */
final class BigEndian {

    private BigEndian() {}

    static byte[] bytes(BigInteger number, int length) {
        byte[] magnitude = number.toByteArray();
        int start = magnitude[0] == 0 ? 1 : 0;
        int size = magnitude.length - start;
        if (number.signum() < 0 || size > length) {
            throw HsmException.dataInvalid("a number of " + size + " bytes does not fit into " + length);
        }
        byte[] result = new byte[length];
        System.arraycopy(magnitude, start, result, length - size, size);
        return result;
    }

    static BigInteger number(byte[] bytes, int from, int to) {
        return new BigInteger(1, Arrays.copyOfRange(bytes, from, to));
    }
}
