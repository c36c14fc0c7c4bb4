package org.cofferhsm.hsm.pkcs11.terms;

import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.Curve;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.PqcParameterSet;
import org.cofferhsm.hsm.key.Usage;

/**
 * What the library wants to know of a key before it sends what is to be done with it.
 *
 * @param objectClass CKO_*
 * @param keyType CKK_*
 * @param bits the modulus, the field of the curve, the secret, or the public key of a lattice
 * @param uses a sum: 1 encrypt, 2 decrypt, 4 sign, 8 verify, 16 wrap, 32 unwrap, 64 derive
 */
public record KeyFacts(int objectClass, int keyType, int bits, int uses) {

    /** Of a key's attributes. */
    public static KeyFacts of(Attributes key) {
        KeyType type = key.get(Attribute.KEY_TYPE);
        return new KeyFacts(key.get(Attribute.CLASS).code(), type.code(), bits(type, key), uses(key));
    }

    private static int bits(KeyType type, Attributes key) {
        return switch (type) {
            case RSA -> key.get(Attribute.MODULUS_BITS).intValue();
            case EC, EC_EDWARDS, EC_MONTGOMERY ->
                key.find(Attribute.CURVE).map(Curve::bits).orElse(0);
            case ML_DSA, ML_KEM -> 8 * publicBytes(key.get(Attribute.PARAMETER_SET));
            case AES, GENERIC_SECRET, SHA1_HMAC, SHA256_HMAC, SHA384_HMAC, SHA512_HMAC ->
                8 * key.get(Attribute.VALUE_LENGTH).intValue();
        };
    }

    /** FIPS 204 table 2, FIPS 203 table 3. */
    private static int publicBytes(PqcParameterSet set) {
        return switch (set) {
            case ML_DSA_44 -> 1312;
            case ML_DSA_65 -> 1952;
            case ML_DSA_87 -> 2592;
            case ML_KEM_512 -> 800;
            case ML_KEM_768 -> 1184;
            case ML_KEM_1024 -> 1568;
        };
    }

    private static int uses(Attributes key) {
        int uses = 0;
        for (Usage usage : Usage.values()) {
            uses |= key.is(usage.attribute()) ? bit(usage) : 0;
        }
        return uses;
    }

    private static int bit(Usage usage) {
        return switch (usage) {
            case ENCRYPT -> 1;
            case DECRYPT -> 2;
            case SIGN -> 4;
            case VERIFY -> 8;
            case WRAP -> 16;
            case UNWRAP -> 32;
            case DERIVE -> 64;
        };
    }
}
