package org.cofferhsm.hsm.pkcs11.wire;

import org.cofferhsm.hsm.spi.MessageReader;

/** VERIFY: C_VerifyInit and C_Verify. */
public record Verify(long session, Mechanism mechanism, long key, byte[] data, byte[] signature) {

    public static Verify read(MessageReader request) {
        Verify read =
                new Verify(request.u64(), Mechanism.read(request), request.u64(), request.bytes(), request.bytes());
        request.end();
        return read;
    }
}
