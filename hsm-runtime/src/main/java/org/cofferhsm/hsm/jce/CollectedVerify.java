package org.cofferhsm.hsm.jce;

import java.io.ByteArrayOutputStream;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.session.VerifyOperation;

/** Verifies with a mechanism that takes its data whole. */
final class CollectedVerify implements VerifyOperation {

    private final Handle key;
    private final Algorithm algorithm;
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();

    CollectedVerify(Handle key, Algorithm algorithm) {
        this.key = key;
        this.algorithm = algorithm;
    }

    @Override
    public void update(byte[] part, int offset, int length) {
        data.write(part, offset, length);
    }

    @Override
    public boolean finish(byte[] signature) {
        return key.session().verify(key.id(), algorithm, data.toByteArray(), signature);
    }

    @Override
    public void close() {
        data.reset();
    }
}
