package org.cofferhsm.hsm.pkcs11.terms;

import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.pkcs11.wire.Ckr;
import org.cofferhsm.hsm.pkcs11.wire.CryptokiException;

/** How long signatures are: one of another length is refused by SIGNATURE_LEN_RANGE (PKCS#11 v3.1 §5.15.2). */
public final class SignatureLengths {

    private SignatureLengths() {}

    /** Why a signature of that length was not authentic. */
    public static CryptokiException refusal(ObjectInfo key, Algorithm algorithm, int length) {
        return length == expected(key.attributes(), algorithm)
                ? Ckr.SIGNATURE_INVALID.because("the signature is not authentic")
                : Ckr.SIGNATURE_LEN_RANGE.because("no signature by " + algorithm + " has " + length + " bytes");
    }

    private static int expected(Attributes key, Algorithm algorithm) {
        return switch (key.get(Attribute.KEY_TYPE)) {
            case RSA -> (KeyFacts.of(key).bits() + 7) / 8;
            case EC -> 2 * ((KeyFacts.of(key).bits() + 7) / 8);
            case EC_EDWARDS -> 64;
            case ML_DSA -> ofLattice(key);
            default -> ofMac(algorithm);
        };
    }

    /** FIPS 204 table 2. */
    private static int ofLattice(Attributes key) {
        return switch (key.get(Attribute.PARAMETER_SET)) {
            case ML_DSA_44 -> 2420;
            case ML_DSA_65 -> 3309;
            case ML_DSA_87 -> 4627;
            case ML_KEM_512, ML_KEM_768, ML_KEM_1024 -> 0;
        };
    }

    private static int ofMac(Algorithm algorithm) {
        return switch (algorithm.type()) {
            case AES_CMAC -> 16;
            case SHA_1_HMAC -> 20;
            case SHA224_HMAC -> 28;
            case SHA256_HMAC -> 32;
            case SHA384_HMAC -> 48;
            case SHA512_HMAC -> 64;
            default -> 0;
        };
    }
}
