package org.cofferhsm.hsm.session.remote;

import org.cofferhsm.hsm.session.DigestOperation;
import org.cofferhsm.hsm.session.SignOperation;

/** What comes out at the end of data in parts, made in the service: a digest, a signature or a MAC. */
record RemoteOutcome(RemoteStream stream, Collected last) implements DigestOperation, SignOperation {

    RemoteOutcome(RemoteStream stream) {
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
