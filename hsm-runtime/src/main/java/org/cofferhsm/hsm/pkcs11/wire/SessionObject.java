package org.cofferhsm.hsm.pkcs11.wire;

import org.cofferhsm.hsm.spi.MessageReader;

/** DESTROY_OBJECT, OBJECT_SIZE, KEY_FACTS and DIGEST_KEY: an object alone. */
public record SessionObject(long session, long object) {

    public static SessionObject read(MessageReader request) {
        SessionObject read = new SessionObject(request.u64(), request.u64());
        request.end();
        return read;
    }
}
