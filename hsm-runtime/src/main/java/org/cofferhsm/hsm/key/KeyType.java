package org.cofferhsm.hsm.key;

/** What a key is for mathematically: PKCS#11's CKA_KEY_TYPE (v3.1 §2; ML-DSA and ML-KEM v3.2 §6). */
public enum KeyType {
    RSA(0x00, "rsa"),
    EC(0x03, "ec"),
    GENERIC_SECRET(0x10, "generic-secret"),
    AES(0x1f, "aes"),
    SHA1_HMAC(0x28, "sha1-hmac"),
    SHA256_HMAC(0x2b, "sha256-hmac"),
    SHA384_HMAC(0x2c, "sha384-hmac"),
    SHA512_HMAC(0x2d, "sha512-hmac"),
    EC_EDWARDS(0x40, "ec-edwards"),
    EC_MONTGOMERY(0x41, "ec-montgomery"),
    ML_KEM(0x49, "ml-kem"),
    ML_DSA(0x4a, "ml-dsa");

    private final int code;
    private final String text;

    KeyType(int code, String text) {
        this.code = code;
        this.text = text;
    }

    /** The CKK_* number. */
    public int code() {
        return code;
    }

    /** Whether a key of this type is one secret value, not a pair. */
    public boolean isSymmetric() {
        return switch (this) {
            case AES, GENERIC_SECRET, SHA1_HMAC, SHA256_HMAC, SHA384_HMAC, SHA512_HMAC -> true;
            case RSA, EC, EC_EDWARDS, EC_MONTGOMERY, ML_KEM, ML_DSA -> false;
        };
    }

    /** The name that the command line uses. */
    @Override
    public String toString() {
        return text;
    }
}
