package org.cofferhsm.hsm.session.remote;

import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;

/** What the service does for one operation: reads the fields, does the call, then writes the results. */
@FunctionalInterface
interface Answer {

    void answer(ServedSession session, MessageReader in, MessageWriter out);
}
