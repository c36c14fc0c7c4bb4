package org.cofferhsm.hsm.pkcs11.wire;

import org.cofferhsm.hsm.spi.MessageReader;

/** ENCRYPT, DECRYPT, SIGN, SIGN_RECOVER, VERIFY_RECOVER: C_*Init and what follows it, all in one. */
public record KeyedData(long session, Mechanism mechanism, long key, byte[] data) {

    public static KeyedData read(MessageReader request) {
        KeyedData read = new KeyedData(request.u64(), Mechanism.read(request), request.u64(), request.bytes());
        request.end();
        return read;
    }
}
