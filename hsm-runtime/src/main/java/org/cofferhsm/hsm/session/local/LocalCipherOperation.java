package org.cofferhsm.hsm.session.local;

import java.util.Objects;
import java.util.function.Supplier;
import org.cofferhsm.hsm.crypto.CipherStream;
import org.cofferhsm.hsm.session.CipherOperation;

/** An encryption or decryption in parts; its start has been recorded, a failure on the way is recorded too. */
final class LocalCipherOperation implements CipherOperation {

    private final CipherStream stream;
    private final Call call;
    private final Recorder recorder;
    private final Progress progress;

    LocalCipherOperation(CipherStream stream, Call call, Recorder recorder, Progress progress) {
        this.stream = stream;
        this.call = call;
        this.recorder = recorder;
        this.progress = progress;
    }

    @Override
    public byte[] update(byte[] data, int offset, int length) {
        progress.requireGoingOn();
        Objects.checkFromIndexSize(offset, length, data.length);
        return part(() -> stream.update(data, offset, length));
    }

    @Override
    public byte[] finish() {
        progress.end();
        return part(stream::finish);
    }

    @Override
    public void close() {
        progress.abandon();
    }

    private byte[] part(Supplier<byte[]> work) {
        boolean done = false;
        try {
            byte[] output = recorder.change(call, work);
            done = true;
            return output;
        } finally {
            if (!done) {
                progress.abandon();
            }
        }
    }
}
