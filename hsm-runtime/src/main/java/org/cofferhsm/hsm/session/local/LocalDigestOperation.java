package org.cofferhsm.hsm.session.local;

import java.util.Objects;
import org.cofferhsm.hsm.crypto.SignStream;
import org.cofferhsm.hsm.session.DigestOperation;

/** A digest in parts; no key, so nothing to record. */
final class LocalDigestOperation implements DigestOperation {

    private final SignStream stream;
    private final Progress progress;

    LocalDigestOperation(SignStream stream, Progress progress) {
        this.stream = stream;
        this.progress = progress;
    }

    @Override
    public void update(byte[] data, int offset, int length) {
        progress.requireGoingOn();
        Objects.checkFromIndexSize(offset, length, data.length);
        stream.update(data, offset, length);
    }

    @Override
    public byte[] finish() {
        progress.end();
        return stream.finish();
    }

    @Override
    public void close() {
        progress.abandon();
    }
}
