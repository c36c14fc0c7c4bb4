package org.cofferhsm.ekm.channel;

import org.cofferhsm.ekm.Thumbprint;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.spi.MessageReader;

/** DROP_KEY, KEY_BY_THUMBPRINT and EXPORT_KEY. */
record KeyThumbprint(long session, Octets bytes) {

    static KeyThumbprint read(MessageReader request) {
        KeyThumbprint read = new KeyThumbprint(request.u64(), Octets.of(request.bytes()));
        request.end();
        return read;
    }

    /** Complains by NOT_FOUND when it is no thumbprint of this provider. */
    Thumbprint thumbprint() {
        return Thumbprint.sought(bytes);
    }
}
