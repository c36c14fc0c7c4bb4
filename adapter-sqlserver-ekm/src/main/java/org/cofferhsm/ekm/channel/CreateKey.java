package org.cofferhsm.ekm.channel;

import org.cofferhsm.hsm.spi.MessageReader;

/** CREATE_KEY. */
record CreateKey(long session, String name, int algorithm, int flags) {

    static CreateKey read(MessageReader request) {
        CreateKey read = new CreateKey(request.u64(), request.text(), request.u32(), request.u32());
        request.end();
        return read;
    }
}
