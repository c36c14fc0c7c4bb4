package org.cofferhsm.hsm.pkcs11.wire;

import org.cofferhsm.hsm.spi.MessageReader;

/** GENERATE_KEY_PAIR. */
public record GenerateKeyPair(long session, Mechanism mechanism, Template publicKey, Template privateKey) {

    public static GenerateKeyPair read(MessageReader request) {
        GenerateKeyPair read = new GenerateKeyPair(
                request.u64(), Mechanism.read(request), Template.read(request), Template.read(request));
        request.end();
        return read;
    }
}
