package org.cofferhsm.ekm.channel;

import org.cofferhsm.hsm.spi.MessageReader;

/** KEY_BY_NAME. */
record KeyName(long session, String name) {

    static KeyName read(MessageReader request) {
        KeyName read = new KeyName(request.u64(), request.text());
        request.end();
        return read;
    }
}
