package org.cofferhsm.hsm.jce;

import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.key.KeyType;

/**
 * A kind of secret key by the JCA's name for it.
 *
 * @param usualBits the size when the program gives none
 * @param forWrapping whether the key transports keys
 */
record SecretKind(KeyType type, int usualBits, boolean forWrapping) {

    private static final int MAX_GENERIC_BITS = 6400;

    static final SecretKind AES = new SecretKind(KeyType.AES, 256, false);
    static final SecretKind AES_WRAP = new SecretKind(KeyType.AES, 256, true);
    static final SecretKind GENERIC = new SecretKind(KeyType.GENERIC_SECRET, 256, false);
    static final SecretKind HMAC_SHA1 = new SecretKind(KeyType.SHA1_HMAC, 160, false);
    /** Cryptoki has a key type for it, this module does not: a generic secret does the same. */
    static final SecretKind HMAC_SHA224 = new SecretKind(KeyType.GENERIC_SECRET, 224, false);

    static final SecretKind HMAC_SHA256 = new SecretKind(KeyType.SHA256_HMAC, 256, false);
    static final SecretKind HMAC_SHA384 = new SecretKind(KeyType.SHA384_HMAC, 384, false);
    static final SecretKind HMAC_SHA512 = new SecretKind(KeyType.SHA512_HMAC, 512, false);

    boolean accepts(int bits) {
        return type == KeyType.AES
                ? bits == 128 || bits == 192 || bits == 256
                : bits >= 8 && bits <= MAX_GENERIC_BITS && bits % 8 == 0;
    }

    KeyTemplate template(int bits) {
        if (type == KeyType.AES) {
            return forWrapping ? Defaults.wrappingKey(bits) : Defaults.dataKey(bits);
        }
        return Defaults.secret(type).with(Attribute.VALUE_LENGTH, bits / 8L);
    }
}
