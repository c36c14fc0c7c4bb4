package org.cofferhsm.hsm.pkcs11.wire;

import org.cofferhsm.hsm.spi.MessageReader;

/** UNWRAP_KEY. */
public record UnwrapKey(long session, Mechanism mechanism, long unwrappingKey, byte[] wrapped, Template template) {

    public static UnwrapKey read(MessageReader request) {
        UnwrapKey read = new UnwrapKey(
                request.u64(), Mechanism.read(request), request.u64(), request.bytes(), Template.read(request));
        request.end();
        return read;
    }
}
