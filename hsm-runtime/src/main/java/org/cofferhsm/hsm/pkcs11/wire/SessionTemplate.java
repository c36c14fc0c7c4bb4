package org.cofferhsm.hsm.pkcs11.wire;

import org.cofferhsm.hsm.spi.MessageReader;

/** CREATE_OBJECT and FIND_OBJECTS: a template alone. */
public record SessionTemplate(long session, Template template) {

    public static SessionTemplate read(MessageReader request) {
        SessionTemplate read = new SessionTemplate(request.u64(), Template.read(request));
        request.end();
        return read;
    }
}
