package org.cofferhsm.hsm.session.local;

import java.util.Objects;
import org.cofferhsm.hsm.crypto.SignStream;
import org.cofferhsm.hsm.session.SignOperation;

/** A signature in parts, recorded with its result. */
final class LocalSignOperation implements SignOperation {

    private final SignStream stream;
    private final Call call;
    private final Recorder recorder;
    private final Progress progress;

    LocalSignOperation(SignStream stream, Call call, Recorder recorder, Progress progress) {
        this.stream = stream;
        this.call = call;
        this.recorder = recorder;
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
        return recorder.use(call, stream::finish);
    }

    @Override
    public void close() {
        progress.abandon();
    }
}
