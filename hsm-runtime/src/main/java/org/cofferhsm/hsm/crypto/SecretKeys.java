package org.cofferhsm.hsm.crypto;

import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.ObjectClass;

/** Makes secret keys from their bytes and holds the rule for their lengths. */
public final class SecretKeys {

    /** The longest generic secret or HMAC key in bytes. */
    public static final int MAX_BYTES = 800;

    private SecretKeys() {}

    /** The key whose value is {@code value}; the array stays the caller's to wipe. */
    public static EngineKey copyOf(KeyType type, byte[] value) {
        requireLength(type, value.length);
        return owning(type, value.clone());
    }

    /** The key whose value is {@code value}, which must not be used again. */
    public static EngineKey owning(KeyType type, byte[] value) {
        requireLength(type, value.length);
        return new EngineKey(ObjectClass.SECRET_KEY, type, value.length * 8, new RawKey(jcaName(type), value));
    }

    /** Complains by {@code keySizeRange} unless a secret key of that type can be that long. */
    public static void requireLength(KeyType type, long bytes) {
        boolean fits =
                type == KeyType.AES ? bytes == 16 || bytes == 24 || bytes == 32 : bytes >= 1 && bytes <= MAX_BYTES;
        if (!fits) {
            throw HsmException.keySizeRange("a key of type " + type + " cannot be " + bytes + " bytes long; it takes "
                    + (type == KeyType.AES ? "16, 24 or 32" : "1 to " + MAX_BYTES));
        }
    }

    private static String jcaName(KeyType type) {
        return switch (type) {
            case AES -> "AES";
            case GENERIC_SECRET -> "Generic";
            case SHA1_HMAC -> "HmacSHA1";
            case SHA256_HMAC -> "HmacSHA256";
            case SHA384_HMAC -> "HmacSHA384";
            case SHA512_HMAC -> "HmacSHA512";
            case RSA, EC, EC_EDWARDS, EC_MONTGOMERY, ML_KEM, ML_DSA ->
                throw HsmException.keyTypeInconsistent("a key of type " + type + " is not one secret value");
        };
    }
}
