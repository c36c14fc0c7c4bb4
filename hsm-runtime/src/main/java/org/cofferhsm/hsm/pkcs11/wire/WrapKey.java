package org.cofferhsm.hsm.pkcs11.wire;

import org.cofferhsm.hsm.spi.MessageReader;

/** WRAP_KEY. */
public record WrapKey(long session, Mechanism mechanism, long wrappingKey, long key) {

    public static WrapKey read(MessageReader request) {
        WrapKey read = new WrapKey(request.u64(), Mechanism.read(request), request.u64(), request.u64());
        request.end();
        return read;
    }
}
