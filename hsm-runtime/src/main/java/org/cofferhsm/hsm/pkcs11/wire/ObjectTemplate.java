package org.cofferhsm.hsm.pkcs11.wire;

import org.cofferhsm.hsm.spi.MessageReader;

/** COPY_OBJECT and SET_ATTRIBUTES: an object, and what shall be otherwise. */
public record ObjectTemplate(long session, long object, Template template) {

    public static ObjectTemplate read(MessageReader request) {
        ObjectTemplate read = new ObjectTemplate(request.u64(), request.u64(), Template.read(request));
        request.end();
        return read;
    }
}
