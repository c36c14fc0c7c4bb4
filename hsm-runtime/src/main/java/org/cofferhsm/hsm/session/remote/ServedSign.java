package org.cofferhsm.hsm.session.remote;

import org.cofferhsm.hsm.session.SignOperation;

/** A signature or MAC in parts, for a client. */
record ServedSign(SignOperation operation) implements ServedStream {

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
