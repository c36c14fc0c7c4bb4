package org.cofferhsm.hsm.spi;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.cofferhsm.hsm.crypto.Engine;

/** Hash functions for adapters that hash large files. */
public final class Digests {

    private Digests() {}

    /**
     * A new computation, by the engine that is fastest over many megabytes also in a JVM that does not optimize. The
     * first one loads that engine.
     *
     * @param algorithm as Java calls it, such as {@code SHA-256}
     */
    public static MessageDigest forMuch(String algorithm) {
        try {
            return Engine.bulkDigest(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no " + algorithm, e);
        }
    }
}
