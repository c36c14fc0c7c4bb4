package org.cofferhsm.ekm.channel;

import org.cofferhsm.hsm.spi.MessageReader;

/** CLOSE_SESSION and REFRESH. */
record SessionNumber(long session) {

    static SessionNumber read(MessageReader request) {
        SessionNumber read = new SessionNumber(request.u64());
        request.end();
        return read;
    }
}
