package org.cofferhsm.hsm.jce;

import java.security.InvalidAlgorithmParameterException;
import org.cofferhsm.hsm.key.Hash;

/** Hashes by the names that the JCA's parameter classes carry: SHA-256, and SHA256 for short. */
final class HashNames {

    private HashNames() {}

    static Hash hash(String name) throws InvalidAlgorithmParameterException {
        for (Hash hash : Hash.values()) {
            if (hash.standardName().equalsIgnoreCase(name) || hash.name().equalsIgnoreCase(name)) {
                return hash;
            }
        }
        throw new InvalidAlgorithmParameterException(
                "the hash " + name + " is none of SHA-1, SHA-224, SHA-256," + " SHA-384 and SHA-512");
    }
}
