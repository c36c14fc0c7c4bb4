package org.cofferhsm.hsm.pkcs11.terms;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import org.cofferhsm.hsm.der.Der;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.Curve;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.PqcParameterSet;
import org.cofferhsm.hsm.pkcs11.wire.Ckr;

/** SubjectPublicKeyInfo (RFC 5280 §4.1.2.7) from the attributes that Cryptoki has of a public key. */
final class PublicKeyInfo {

    private static final String RSA = "1.2.840.113549.1.1.1";
    private static final String EC = "1.2.840.10045.2.1";

    private PublicKeyInfo() {}

    /** The structure; complains by TEMPLATE_INCOMPLETE where something is missing. */
    static byte[] of(KeyType type, Attributes key, Optional<byte[]> value) {
        return switch (type) {
            case RSA -> rsa(key);
            case EC -> info(algorithm(EC, CurveNames.write(key.get(Attribute.CURVE))), point(key));
            case EC_EDWARDS, EC_MONTGOMERY -> info(algorithm(curve(key).oid()), point(key));
            case ML_DSA, ML_KEM -> info(algorithm(oid(key.get(Attribute.PARAMETER_SET))), lattice(value));
            case AES, GENERIC_SECRET, SHA1_HMAC, SHA256_HMAC, SHA384_HMAC, SHA512_HMAC ->
                throw Ckr.TEMPLATE_INCONSISTENT.because("a key of type " + type + " has no public half");
        };
    }

    /** Of an RSA key of either half. */
    static byte[] rsa(Attributes key) {
        byte[] numbers = Der.value(
                Der.SEQUENCE, integer(key.get(Attribute.MODULUS)), integer(key.get(Attribute.PUBLIC_EXPONENT)));
        return info(algorithm(RSA, Der.value(Der.NULL)), numbers);
    }

    /** The key inside the structure, as its standard writes it: what CKA_VALUE is of ML-DSA and ML-KEM keys. */
    static byte[] bits(byte[] info) {
        byte[] outer = Der.content(Der.SEQUENCE, info).orElseThrow();
        int algorithmBytes = 2 + outer[1]; // all algorithm identifiers of the module are shorter than 128 bytes
        byte[] bitString = Arrays.copyOfRange(outer, algorithmBytes, outer.length);
        byte[] bits = Der.content(Der.BIT_STRING, bitString).orElseThrow();
        return Arrays.copyOfRange(bits, 1, bits.length);
    }

    private static byte[] info(byte[] algorithm, byte[] key) {
        byte[] noUnusedBits = {0};
        return Der.value(Der.SEQUENCE, algorithm, Der.value(Der.BIT_STRING, noUnusedBits, key));
    }

    private static byte[] algorithm(String oid, byte[]... parameters) {
        byte[] content = Der.objectIdentifier(oid);
        return parameters.length == 0
                ? Der.value(Der.SEQUENCE, content)
                : Der.value(Der.SEQUENCE, content, parameters[0]);
    }

    private static Curve curve(Attributes key) {
        return key.get(Attribute.CURVE);
    }

    private static byte[] point(Attributes key) {
        return key.get(Attribute.EC_POINT).toByteArray();
    }

    private static byte[] lattice(Optional<byte[]> value) {
        return value.orElseThrow(
                () -> Ckr.TEMPLATE_INCOMPLETE.because("the template does not have the public key (CKA_VALUE)"));
    }

    private static byte[] integer(Octets unsigned) {
        return Der.integer(new BigInteger(1, unsigned.toByteArray()));
    }

    /** FIPS 203's and 204's sets in NIST's tree of algorithms. */
    private static String oid(PqcParameterSet set) {
        return switch (set) {
            case ML_DSA_44 -> "2.16.840.1.101.3.4.3.17";
            case ML_DSA_65 -> "2.16.840.1.101.3.4.3.18";
            case ML_DSA_87 -> "2.16.840.1.101.3.4.3.19";
            case ML_KEM_512 -> "2.16.840.1.101.3.4.4.1";
            case ML_KEM_768 -> "2.16.840.1.101.3.4.4.2";
            case ML_KEM_1024 -> "2.16.840.1.101.3.4.4.3";
        };
    }
}
