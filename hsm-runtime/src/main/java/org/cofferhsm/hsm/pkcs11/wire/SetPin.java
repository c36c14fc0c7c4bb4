package org.cofferhsm.hsm.pkcs11.wire;

import org.cofferhsm.hsm.spi.MessageReader;

/** SET_PIN: the PIN of who is logged in, or of whom the old one names. */
public record SetPin(long session, Pin old, Pin fresh) implements AutoCloseable {

    public static SetPin read(MessageReader request) {
        long session = request.u64();
        Pin old = Pin.read(request);
        try {
            SetPin read = new SetPin(session, old, Pin.readNew(request));
            request.end();
            return read;
        } catch (CryptokiException e) {
            old.close();
            throw e;
        }
    }

    @Override
    public void close() {
        old.close();
        fresh.close();
    }
}
