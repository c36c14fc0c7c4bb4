package org.cofferhsm.hsm.pkcs11.calls;

import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;

/** What one operation does. It writes nothing before it has succeeded. */
@FunctionalInterface
interface Call {
    void answer(MessageReader request, MessageWriter reply);
}
