package org.cofferhsm.hsm.pkcs11.calls;

import org.cofferhsm.hsm.session.SignOperation;

/** A signature or MAC in parts. */
record SignPart(SignOperation operation, Gathering gathering) implements RunningPart {

    @Override
    public byte[] update(byte[] part) {
        gathering.take(part.length);
        operation.update(part, 0, part.length);
        return NOTHING;
    }

    @Override
    public byte[] finish(byte[] signature) {
        return operation.finish();
    }

    @Override
    public void close() {
        operation.close();
        gathering.close();
    }
}
