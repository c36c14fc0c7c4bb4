package org.cofferhsm.hsm.pkcs11.wire;

import java.util.ArrayList;
import java.util.List;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.spi.MessageReader;

/**
 * RESUME: what a client that a new service does not know had open.
 *
 * @param holder the number of the client that the ticket was given to: this one, or the parent that it was forked from
 */
public record Resume(byte[] ticket, Octets holder, List<OpenSession> sessions) {

    private static final int HOLDER_BYTES = 16;

    public static Resume read(MessageReader request) {
        byte[] ticket = request.bytes();
        Octets holder = Octets.of(request.exactly(HOLDER_BYTES));
        int count = request.count(OpenSession.BYTES);
        List<OpenSession> sessions = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            sessions.add(OpenSession.part(request));
        }
        request.end();
        return new Resume(ticket, holder, sessions);
    }

    /** A ticket is as good as a login. */
    @Override
    public String toString() {
        return "Resume[" + sessions.size() + " sessions]";
    }
}
