package org.cofferhsm.hsm.migration;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.RSAPublicKeySpec;
import java.util.Optional;
import org.cofferhsm.hsm.der.Der;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.Octets;

/** The public numbers of a key in the other token as X.509 SubjectPublicKeyInfo (RFC 5280 §4.1.2.7). */
final class PublicValue {

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
        return Der.content(Der.OCTET_STRING, value).orElse(value);
    }

    private static byte[] rsa(Two numbers) {
        try {
            return KeyFactory.getInstance("RSA")
                    .generatePublic(
                            new RSAPublicKeySpec(new BigInteger(1, numbers.first), new BigInteger(1, numbers.second)))
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw HsmException.dataInvalid(
                            "the other token's modulus and exponent are no RSA public key: " + e.getMessage())
                    .causedBy(e);
        }
    }

    private static byte[] ec(Two key) {
        return info(key.second, EC_PUBLIC_KEY, key.first);
    }

    /** RFC 8410 has the curve as the algorithm; older tokens name it by a string, which says too little. */
    private static Optional<byte[]> rfc8410(Two key) {
        return key.first[0] == Der.OBJECT_IDENTIFIER ? Optional.of(info(key.second, key.first)) : Optional.empty();
    }

    private static byte[] info(byte[] point, byte[]... algorithm) {
        byte[] noUnusedBits = new byte[1];
        return Der.value(
                Der.SEQUENCE, Der.value(Der.SEQUENCE, algorithm), Der.value(Der.BIT_STRING, noUnusedBits, point));
    }
}
