package org.cofferhsm.hsm.crypto;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The choice of random generator: the operating system's, which survives a fork, a snapshot and a cloned machine without
 * giving the same bytes twice; where the JDK has no door to it, an SP 800-90A DRBG seeded from it.
 *
 * <p>One generator serves all threads: the JDK's native one holds a single lock whoever asks, and gives four million IVs
 * a second.
 */
final class Randomness {

    private Randomness() {}

    static SecureRandom ofTheOperatingSystem() {
        return Stream.of("NativePRNGNonBlocking", "Windows-PRNG", "DRBG")
                .map(Randomness::named)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(SecureRandom::new);
    }

    private static Optional<SecureRandom> named(String algorithm) {
        try {
            return Optional.of(SecureRandom.getInstance(algorithm));
        } catch (NoSuchAlgorithmException e) {
            return Optional.empty(); // not on this operating system
        }
    }
}
