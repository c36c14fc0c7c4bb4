package org.cofferhsm.hsm.pkcs11.wire;

import org.cofferhsm.hsm.spi.MessageReader;

/** OPEN_SESSION, and one of the sessions of RESUME. */
public record OpenSession(long session, int flags) {

    static final int BYTES = Long.BYTES + Integer.BYTES;

    private static final int RW_SESSION = 2;
    private static final int SERIAL_SESSION = 4;

    public static OpenSession read(MessageReader request) {
        OpenSession read = part(request);
        request.end();
        return read;
    }

    static OpenSession part(MessageReader request) {
        return new OpenSession(request.u64(), request.u32());
    }

    /** CKF_RW_SESSION. */
    public boolean readWrite() {
        return (flags & RW_SESSION) != 0;
    }

    /** CKF_SERIAL_SESSION, which has to be set. */
    public boolean serial() {
        return (flags & SERIAL_SESSION) != 0;
    }
}
