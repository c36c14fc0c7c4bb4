package org.cofferhsm.hsm.session.remote;

import org.cofferhsm.hsm.session.CipherOperation;

/** Data that is too large for one message, encrypted or decrypted in parts. */
final class Whole {

    private Whole() {}

    static byte[] of(CipherOperation operation, byte[] data) {
        Pieces output = new Pieces();
        output.add(operation.update(data, 0, data.length));
        output.add(operation.finish());
        return output.joined();
    }
}
