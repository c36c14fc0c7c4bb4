package org.cofferhsm.hsm.pkcs11.wire;

import org.cofferhsm.hsm.spi.MessageReader;

/**
 * START: C_*Init and the first part.
 *
 * @param key 0 for a digest
 */
public record Start(long session, PartKind kind, Mechanism mechanism, long key, byte[] part) {

    public static Start read(MessageReader request) {
        Start read = new Start(
                request.u64(), PartKind.of(request.u8()), Mechanism.read(request), request.u64(), request.bytes());
        request.end();
        return read;
    }
}
