package org.cofferhsm.hsm.der;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/** As much of DER (X.690 §10) as is written here without a library: around keys, signatures and Cryptoki's attributes. */
public final class Der {

    public static final int INTEGER = 0x02;
    public static final int BIT_STRING = 0x03;
    public static final int OCTET_STRING = 0x04;
    public static final int NULL = 0x05;
    public static final int OBJECT_IDENTIFIER = 0x06;
    public static final int PRINTABLE_STRING = 0x13;
    public static final int SEQUENCE = 0x30;

    private static final int SHORT_FORM = 0x7f;

    private Der() {}

    /** One value with this content. */
    public static byte[] value(int tag, byte[]... contents) {
        int length = Arrays.stream(contents).mapToInt(content -> content.length).sum();
        ByteArrayOutputStream out = new ByteArrayOutputStream(length + 6);
        out.write(tag);
        writeLength(out, length);
        Arrays.stream(contents).forEach(out::writeBytes);
        return out.toByteArray();
    }

    private static void writeLength(ByteArrayOutputStream out, int length) {
        if (length <= SHORT_FORM) {
            out.write(length);
            return;
        }
        byte[] octets = unsigned(BigInteger.valueOf(length));
        out.write(0x80 | octets.length);
        out.writeBytes(octets);
    }

    /** The content, when {@code der} is one value of that tag and nothing else. */
    public static Optional<byte[]> content(int tag, byte[] der) {
        if (der.length < 2 || (der[0] & 0xff) != tag) {
            return Optional.empty();
        }
        int first = der[1] & 0xff;
        int octets = first <= SHORT_FORM ? 0 : first & SHORT_FORM;
        if (octets > 3 || der.length < 2 + octets || first == 0x80) {
            return Optional.empty();
        }
        int length = octets == 0 ? first : new BigInteger(1, Arrays.copyOfRange(der, 2, 2 + octets)).intValue();
        return length == der.length - 2 - octets
                ? Optional.of(Arrays.copyOfRange(der, 2 + octets, der.length))
                : Optional.empty();
    }

    /** An object identifier from dotted decimals. */
    public static byte[] objectIdentifier(String dotted) {
        String[] arcs = dotted.split("\\.");
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        writeArc(content, Long.parseLong(arcs[0]) * 40 + Long.parseLong(arcs[1]));
        for (int i = 2; i < arcs.length; i++) {
            writeArc(content, Long.parseLong(arcs[i]));
        }
        return value(OBJECT_IDENTIFIER, content.toByteArray());
    }

    private static void writeArc(ByteArrayOutputStream out, long arc) {
        int shift = 63 - Long.numberOfLeadingZeros(arc | 1);
        for (int bits = shift - shift % 7; bits > 0; bits -= 7) {
            out.write((int) (0x80 | arc >>> bits & SHORT_FORM));
        }
        out.write((int) (arc & SHORT_FORM));
    }

    public static byte[] integer(BigInteger number) {
        return value(INTEGER, number.toByteArray());
    }

    /** The number without a sign, in as few bytes as it takes; one zero byte for zero. */
    public static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes.length > 1 && bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }
}
