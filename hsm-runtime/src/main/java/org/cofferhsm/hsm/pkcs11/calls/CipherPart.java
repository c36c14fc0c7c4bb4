package org.cofferhsm.hsm.pkcs11.calls;

import org.cofferhsm.hsm.pkcs11.terms.CounterRoom;
import org.cofferhsm.hsm.session.CipherOperation;

/** An encryption or decryption in parts. */
record CipherPart(CipherOperation operation, CounterRoom room, Gathering gathering) implements RunningPart {

    @Override
    public byte[] update(byte[] part) {
        room.take(part.length);
        gathering.take(part.length);
        return operation.update(part, 0, part.length);
    }

    @Override
    public byte[] finish(byte[] signature) {
        return operation.finish();
    }

    @Override
    public void close() {
        operation.close();
        gathering.close();
    }
}
