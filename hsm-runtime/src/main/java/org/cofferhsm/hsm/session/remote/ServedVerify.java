package org.cofferhsm.hsm.session.remote;

import org.cofferhsm.hsm.session.VerifyOperation;
import org.cofferhsm.hsm.spi.MalformedMessageException;

/** A verification in parts, for a client. */
record ServedVerify(VerifyOperation operation) implements ServedStream {

    @Override
    public byte[] update(byte[] part) {
        operation.update(part, 0, part.length);
        return NOTHING;
    }

    @Override
    public byte[] finish() {
        throw new MalformedMessageException("a verification ends with a signature");
    }

    @Override
    public boolean finish(byte[] signature) {
        return operation.finish(signature);
    }

    @Override
    public void close() {
        operation.close();
    }
}
