package org.cofferhsm.hsm.session.remote;

import org.cofferhsm.hsm.session.VerifyOperation;

/** A verification in parts, made in the service. */
record RemoteVerifyOperation(RemoteStream stream, Collected last) implements VerifyOperation {

    RemoteVerifyOperation(RemoteStream stream) {
        this(stream, new Collected());
    }

    @Override
    public void update(byte[] data, int offset, int length) {
        last.add(stream, data, offset, length);
    }

    @Override
    public boolean finish(byte[] signature) {
        try {
            return stream.finish(last, signature);
        } finally {
            last.clear();
        }
    }

    @Override
    public void close() {
        last.clear();
        stream.close();
    }
}
