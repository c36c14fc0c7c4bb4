package org.cofferhsm.hsm.session.remote;

import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.spi.KeptMemory;

/**
 * An operation that keeps what it is given until its end: ciphertext whose tag is still to come, data that is hashed twice.
 * All operations of all clients together may keep so much and no more.
 */
final class KeepingStream implements ServedStream {

    private final ServedStream stream;
    private final KeptMemory.Share memory;
    private long own;

    KeepingStream(ServedStream stream, KeptMemory.Share memory) {
        this.stream = stream;
        this.memory = memory;
    }

    @Override
    public synchronized byte[] update(byte[] part) {
        if (!memory.take(part.length)) {
            throw HsmException.serviceUnavailable(
                    "the operations in parts have the service keep more until their end than"
                            + " it has memory for; finish some");
        }
        own += part.length;
        return stream.update(part);
    }

    @Override
    public byte[] finish() {
        return stream.finish();
    }

    @Override
    public boolean finish(byte[] signature) {
        return stream.finish(signature);
    }

    @Override
    public synchronized void close() {
        stream.close();
        memory.giveBack(own);
        own = 0;
    }
}
