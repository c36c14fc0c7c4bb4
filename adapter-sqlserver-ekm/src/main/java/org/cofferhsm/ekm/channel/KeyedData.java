package org.cofferhsm.ekm.channel;

import java.util.Arrays;
import org.cofferhsm.ekm.Thumbprint;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.spi.MessageReader;

/** ENCRYPT and DECRYPT; closing wipes the data. */
record KeyedData(long session, Octets key, Octets iv, byte[] data) implements AutoCloseable {

    static KeyedData read(MessageReader request) {
        KeyedData read =
                new KeyedData(request.u64(), Octets.of(request.bytes()), Octets.of(request.bytes()), request.bytes());
        request.end();
        return read;
    }

    /** Complains by NOT_FOUND when it is no thumbprint of this provider. */
    Thumbprint thumbprint() {
        return Thumbprint.sought(key);
    }

    @Override
    public void close() {
        Arrays.fill(data, (byte) 0);
    }

    @Override
    public String toString() {
        return "KeyedData[" + session + ", " + key + "]";
    }
}
