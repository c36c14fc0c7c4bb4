package org.cofferhsm.hsm.pkcs11.wire;

import org.cofferhsm.hsm.spi.MessageReader;

/** GET_ATTRIBUTES: C_GetAttributeValue without the buffers. */
public record GetAttributes(long session, long object, int[] wanted) {

    public static GetAttributes read(MessageReader request) {
        long session = request.u64();
        long object = request.u64();
        int[] wanted = new int[request.count(Integer.BYTES)];
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = request.u32();
        }
        request.end();
        return new GetAttributes(session, object, wanted);
    }
}
