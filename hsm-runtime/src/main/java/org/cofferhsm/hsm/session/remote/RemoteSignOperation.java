package org.cofferhsm.hsm.session.remote;

import org.cofferhsm.hsm.session.SignOperation;

/** A signature or MAC in parts, made in the service. */
record RemoteSignOperation(RemoteStream stream, Collected last) implements SignOperation {

    RemoteSignOperation(RemoteStream stream) {
        this(stream, new Collected());
    }

    @Override
    public void update(byte[] data, int offset, int length) {
        last.add(stream, data, offset, length);
    }

    @Override
    public byte[] finish() {
        try {
            return stream.finish(last);
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
