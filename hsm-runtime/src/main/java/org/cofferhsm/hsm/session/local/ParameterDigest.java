package org.cofferhsm.hsm.session.local;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * The digest of a mechanism's parameters that goes into the audit log: SHA-256 over their written form.
 *
 * <p>Remembers the last one, since most callers use one algorithm again and again.
 */
final class ParameterDigest {

    private volatile @Nullable Remembered last;

    Octets of(Algorithm algorithm) {
        if (algorithm.parameters() instanceof Parameters.None) {
            return Octets.EMPTY;
        }
        Remembered remembered = last;
        if (remembered == null || remembered.algorithm != algorithm) {
            remembered = new Remembered(algorithm, digest(algorithm.parameters()));
            last = remembered;
        }
        return remembered.digest;
    }

    private static Octets digest(Parameters parameters) {
        try {
            return Octets.of(MessageDigest.getInstance("SHA-256")
                    .digest(parameters.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) { // every Java platform has SHA-256
            throw HsmException.internal("SHA-256 is missing").causedBy(e);
        }
    }

    private record Remembered(Algorithm algorithm, Octets digest) {}
}
