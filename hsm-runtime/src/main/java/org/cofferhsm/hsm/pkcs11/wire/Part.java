package org.cofferhsm.hsm.pkcs11.wire;

import org.cofferhsm.hsm.spi.MessageReader;

/**
 * UPDATE and FINISH.
 *
 * @param bytes a part, or the signature to verify
 */
public record Part(long session, PartKind kind, byte[] bytes) {

    public static Part read(MessageReader request) {
        Part read = new Part(request.u64(), PartKind.of(request.u8()), request.bytes());
        request.end();
        return read;
    }
}
