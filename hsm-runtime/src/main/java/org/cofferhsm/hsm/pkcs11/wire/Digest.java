package org.cofferhsm.hsm.pkcs11.wire;

import org.cofferhsm.hsm.spi.MessageReader;

/** DIGEST: C_DigestInit and C_Digest. */
public record Digest(long session, Mechanism mechanism, byte[] data) {

    public static Digest read(MessageReader request) {
        Digest read = new Digest(request.u64(), Mechanism.read(request), request.bytes());
        request.end();
        return read;
    }
}
