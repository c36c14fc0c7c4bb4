package org.cofferhsm.hsm.pkcs11.wire;

import java.util.ArrayList;
import java.util.List;
import org.cofferhsm.hsm.spi.MessageReader;

/** RESUME: what a client that a new service does not know had open. */
public record Resume(byte[] ticket, List<OpenSession> sessions) {

    public static Resume read(MessageReader request) {
        byte[] ticket = request.bytes();
        int count = request.count(OpenSession.BYTES);
        List<OpenSession> sessions = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            sessions.add(OpenSession.part(request));
        }
        request.end();
        return new Resume(ticket, sessions);
    }

    /** A ticket is as good as a login. */
    @Override
    public String toString() {
        return "Resume[" + sessions.size() + " sessions]";
    }
}
