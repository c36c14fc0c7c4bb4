package org.cofferhsm.hsm.migration;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Optional;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.Octets;

/** The public numbers of a key in the other token as X.509 SubjectPublicKeyInfo (RFC 5280 §4.1.2.7). */
final class PublicValue {

    private static final int SEQUENCE = 0x30;
    private static final int OBJECT_IDENTIFIER = 0x06;
    private static final int OCTET_STRING = 0x04;
    private static final int BIT_STRING = 0x03;
    /** id-ecPublicKey (RFC 5480 §2.1.1). */
    private static final byte[] EC_PUBLIC_KEY =
            Octets.ofHex("06072a8648ce3d0201").toByteArray();

    private PublicValue() {}

    /** Empty when the object does not tell its public numbers: a private EC key, mostly. */
    static Optional<byte[]> of(ForeignObject key) {
        return switch (key.keyType().orElse(KeyType.GENERIC_SECRET)) {
            case RSA -> both(key, Attribute.MODULUS, Attribute.PUBLIC_EXPONENT).map(PublicValue::rsa);
            case EC -> curveAndPoint(key).map(PublicValue::ec);
            case EC_EDWARDS, EC_MONTGOMERY -> curveAndPoint(key).flatMap(PublicValue::rfc8410);
            default -> Optional.empty();
        };
    }

    private record Two(byte[] first, byte[] second) {}

    private static Optional<Two> both(ForeignObject key, Attribute<?> first, Attribute<?> second) {
        return key.octets(first.code())
                .flatMap(
                        one -> key.octets(second.code()).map(other -> new Two(one.toByteArray(), other.toByteArray())));
    }

    private static Optional<Two> curveAndPoint(ForeignObject key) {
        return both(key, Attribute.CURVE, Attribute.EC_POINT).map(two -> new Two(two.first, point(two.second)));
    }

    /** The point is wrapped as an OCTET STRING (PKCS#11 v2.40 §2.3.3), which some tokens leave out. */
    private static byte[] point(byte[] value) {
        for (int header = 2; header <= 3 && header < value.length; header++) {
            byte[] content = Arrays.copyOfRange(value, header, value.length);
            if (Arrays.equals(value, der(OCTET_STRING, content))) {
                return content;
            }
        }
        return value;
    }

    private static byte[] rsa(Two numbers) {
        try {
            return KeyFactory.getInstance("RSA")
                    .generatePublic(
                            new RSAPublicKeySpec(new BigInteger(1, numbers.first), new BigInteger(1, numbers.second)))
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform encodes RSA keys", e);
        }
    }

    private static byte[] ec(Two key) {
        return info(concatenated(EC_PUBLIC_KEY, key.first), key.second);
    }

    /** RFC 8410 has the curve as the algorithm; older tokens name it by a string, which says too little. */
    private static Optional<byte[]> rfc8410(Two key) {
        return key.first[0] == OBJECT_IDENTIFIER ? Optional.of(info(key.first, key.second)) : Optional.empty();
    }

    private static byte[] info(byte[] algorithm, byte[] point) {
        byte[] bits = der(BIT_STRING, concatenated(new byte[1], point));
        return der(SEQUENCE, concatenated(der(SEQUENCE, algorithm), bits));
    }

    /** At most 255 bytes, which a point on any curve here is. */
    private static byte[] der(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length > 127) {
            out.write(0x81);
        }
        out.write(content.length);
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] concatenated(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
