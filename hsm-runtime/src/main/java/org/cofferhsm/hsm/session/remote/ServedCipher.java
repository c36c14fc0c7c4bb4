package org.cofferhsm.hsm.session.remote;

import org.cofferhsm.hsm.session.CipherOperation;

/** An encryption or decryption in parts, for a client. */
record ServedCipher(CipherOperation operation) implements ServedStream {

    @Override
    public byte[] update(byte[] part) {
        return operation.update(part, 0, part.length);
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
