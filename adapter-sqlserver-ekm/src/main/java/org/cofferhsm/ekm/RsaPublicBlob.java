package org.cofferhsm.ekm;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;

/**
 * An RSA public key as Windows keeps it (BCRYPT_RSAPUBLIC_BLOB): six little-endian 32-bit words ({@code RSA1}, bits of the
 * modulus, bytes of the exponent, bytes of the modulus, 0, 0), then exponent and modulus, big-endian.
 */
final class RsaPublicBlob {

    private static final byte[] MAGIC = "RSA1".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER = 24;

    private RsaPublicBlob() {}

    static byte[] of(RSAPublicKey key) {
        byte[] exponent = unsigned(key.getPublicExponent());
        byte[] modulus = unsigned(key.getModulus());
        return ByteBuffer.allocate(HEADER + exponent.length + modulus.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .putInt(key.getModulus().bitLength())
                .putInt(exponent.length)
                .putInt(modulus.length)
                .putInt(0)
                .putInt(0)
                .put(exponent)
                .put(modulus)
                .array();
    }

    private static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }
}
