package org.cofferhsm.hsm.jce;

import java.io.ByteArrayOutputStream;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.session.SignOperation;

/** Signs with a mechanism that takes its data whole. */
final class CollectedSign implements SignOperation {

    private final Handle key;
    private final Algorithm algorithm;
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();

    CollectedSign(Handle key, Algorithm algorithm) {
        this.key = key;
        this.algorithm = algorithm;
    }

    @Override
    public void update(byte[] part, int offset, int length) {
        data.write(part, offset, length);
    }

    @Override
    public byte[] finish() {
        return key.session().sign(key.id(), algorithm, data.toByteArray());
    }

    @Override
    public void close() {
        data.reset();
    }
}
