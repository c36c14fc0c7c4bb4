package org.cofferhsm.hsm.pkcs11.wire;

import org.cofferhsm.hsm.spi.MessageReader;

/**
 * CK_MECHANISM (PKCS#11 v3.1 §3.5).
 *
 * @param type the CKM_* number
 */
public record Mechanism(long type, Parameter parameter) {

    public static Mechanism read(MessageReader request) {
        return new Mechanism(request.u64(), Parameter.read(request));
    }

    @Override
    public String toString() {
        return "CKM 0x" + Long.toHexString(type);
    }
}
