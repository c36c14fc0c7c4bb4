package org.cofferhsm.hsm.session.local;

import java.util.Objects;
import org.cofferhsm.hsm.crypto.VerifyStream;
import org.cofferhsm.hsm.session.VerifyOperation;

/** A verification in parts, recorded with its result. */
final class LocalVerifyOperation implements VerifyOperation {

    private final VerifyStream stream;
    private final Call call;
    private final Recorder recorder;
    private final Progress progress;

    LocalVerifyOperation(VerifyStream stream, Call call, Recorder recorder, Progress progress) {
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
    public boolean finish(byte[] signature) {
        progress.end();
        return recorder.use(call, () -> stream.finish(signature));
    }

    @Override
    public void close() {
        progress.abandon();
    }
}
