package org.cofferhsm.hsm.session.remote;

import org.cofferhsm.hsm.session.CipherOperation;

/** An encryption or decryption in parts, made in the service. Each part is a message: its output may be ready. */
record RemoteCipherOperation(RemoteStream stream) implements CipherOperation {

    @Override
    public byte[] update(byte[] data, int offset, int length) {
        return stream.update(data, offset, length);
    }

    @Override
    public byte[] finish() {
        return stream.finish(Collected.nothing());
    }

    @Override
    public void close() {
        stream.close();
    }
}
