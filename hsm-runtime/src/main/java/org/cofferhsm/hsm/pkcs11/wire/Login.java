package org.cofferhsm.hsm.pkcs11.wire;

import org.cofferhsm.hsm.spi.MessageReader;

/**
 * LOGIN.
 *
 * @param userType CKU_SO 0, CKU_USER 1 or CKU_CONTEXT_SPECIFIC 2
 */
public record Login(long session, int userType, Pin pin) implements AutoCloseable {

    public static final int SO = 0;
    public static final int USER = 1;
    public static final int CONTEXT_SPECIFIC = 2;

    public static Login read(MessageReader request) {
        Login read = new Login(request.u64(), request.u32(), Pin.read(request));
        request.end();
        return read;
    }

    @Override
    public void close() {
        pin.close();
    }
}
