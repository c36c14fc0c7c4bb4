package org.cofferhsm.hsm.pkcs11.calls;

import org.cofferhsm.hsm.session.DigestOperation;

/** A digest in parts. */
record DigestPart(DigestOperation operation) implements RunningPart {

    @Override
    public byte[] update(byte[] part) {
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
    }
}
