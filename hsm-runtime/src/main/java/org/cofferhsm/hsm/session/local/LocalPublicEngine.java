package org.cofferhsm.hsm.session.local;

import org.cofferhsm.hsm.crypto.Operation;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.session.DigestOperation;
import org.cofferhsm.hsm.session.PublicEngine;

/** The random generator and the digests of the module in this process. */
public record LocalPublicEngine(ModuleParts parts) implements PublicEngine {

    private static final int MAX_RANDOM = 1 << 20;

    @Override
    public byte[] random(int bytes) {
        requireOperational();
        if (bytes < 1 || bytes > MAX_RANDOM) {
            throw HsmException.argumentInvalid("ask for 1 to " + MAX_RANDOM + " random bytes, not " + bytes);
        }
        return parts.engine().randomBytes(bytes);
    }

    @Override
    public byte[] digest(Algorithm algorithm, byte[] data) {
        requireOperational();
        return parts.mechanisms().ready(algorithm, Operation.DIGEST).digest(algorithm, data);
    }

    @Override
    public DigestOperation startDigest(Algorithm algorithm) {
        requireOperational();
        return new LocalDigestOperation(
                parts.mechanisms().ready(algorithm, Operation.DIGEST).startDigest(algorithm),
                new Progress(this::requireOperational));
    }

    private void requireOperational() {
        parts.recorder().requireOperational();
    }

    @Override
    public String toString() {
        return "LocalPublicEngine";
    }
}
