package org.cofferhsm.hsm.session.remote;

import org.cofferhsm.hsm.session.DigestOperation;

/** A digest in parts, for a client. */
record ServedDigest(DigestOperation operation) implements ServedStream {

    @Override
    public byte[] update(byte[] part) {
        operation.update(part, 0, part.length);
        return NOTHING;
    }

    @Override
    public byte[] finish() {
        return operation.finish();
    }

    @Override
    public void close() {
        operation.close();
    }
}
