package org.cofferhsm.hsm.pkcs11.wire;

import org.cofferhsm.hsm.spi.MessageReader;

/** GENERATE_KEY. */
public record GenerateKey(long session, Mechanism mechanism, Template template) {

    public static GenerateKey read(MessageReader request) {
        GenerateKey read = new GenerateKey(request.u64(), Mechanism.read(request), Template.read(request));
        request.end();
        return read;
    }
}
