package org.cofferhsm.hsm.jce;

import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import org.cofferhsm.hsm.key.KeyType;

/** The JCA's names of keys, read. */
final class KeyNames {

    private KeyNames() {}

    static KeyType secret(String name) throws NoSuchAlgorithmException {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "AES" -> KeyType.AES;
            case "HMACSHA1" -> KeyType.SHA1_HMAC;
            case "HMACSHA256" -> KeyType.SHA256_HMAC;
            case "HMACSHA384" -> KeyType.SHA384_HMAC;
            case "HMACSHA512" -> KeyType.SHA512_HMAC;
            case "GENERICSECRET", "GENERIC", "HMACSHA224" -> KeyType.GENERIC_SECRET;
            default -> throw new NoSuchAlgorithmException("no secret key of the module is called " + name);
        };
    }

    static KeyType pair(String name) throws NoSuchAlgorithmException {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "RSA" -> KeyType.RSA;
            case "EC" -> KeyType.EC;
            case "EDDSA", "ED25519" -> KeyType.EC_EDWARDS;
            case "XDH", "X25519" -> KeyType.EC_MONTGOMERY;
            case "ML-DSA", "ML-DSA-44", "ML-DSA-65", "ML-DSA-87" -> KeyType.ML_DSA;
            case "ML-KEM", "ML-KEM-512", "ML-KEM-768", "ML-KEM-1024" -> KeyType.ML_KEM;
            default -> throw new NoSuchAlgorithmException("no key pair of the module is called " + name);
        };
    }
}
