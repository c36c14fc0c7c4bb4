package org.cofferhsm.ekm.channel;

import org.cofferhsm.hsm.spi.MessageReader;

/** NEXT_KEY and KEY_BY_ID. */
record KeyNumber(long session, int keyId) {

    static KeyNumber read(MessageReader request) {
        KeyNumber read = new KeyNumber(request.u64(), request.u32());
        request.end();
        return read;
    }
}
