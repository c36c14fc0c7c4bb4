package org.cofferhsm.hsm.pkcs11.wire;

import org.cofferhsm.hsm.spi.MessageReader;

/** DERIVE_KEY. */
public record DeriveKey(long session, Mechanism mechanism, long baseKey, Template template) {

    public static DeriveKey read(MessageReader request) {
        DeriveKey read = new DeriveKey(request.u64(), Mechanism.read(request), request.u64(), Template.read(request));
        request.end();
        return read;
    }
}
