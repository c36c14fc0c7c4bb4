package org.cofferhsm.ekm.channel;

import java.util.ArrayList;
import java.util.List;
import org.cofferhsm.ekm.CofferSqlCrypt;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.spi.MalformedMessageException;
import org.cofferhsm.hsm.spi.MessageReader;

/**
 * RESUME: what a client that a new service does not know had open.
 *
 * @param holder the number of the client that the tickets were given to
 */
record Resume(Octets holder, List<Held> sessions) {

    private static final int HOLDER_BYTES = 16;
    /** A client has no more, and each costs a line of the audit log. */
    private static final int MOST = CofferSqlCrypt.MAX_SESSIONS;

    static Resume read(MessageReader request) {
        Octets holder = Octets.of(request.exactly(HOLDER_BYTES));
        int count = request.count(Held.LEAST_BYTES);
        if (count > MOST) {
            throw new MalformedMessageException(count + " sessions are more than a client can have");
        }
        List<Held> sessions = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            sessions.add(new Held(request.u64(), request.bytes()));
        }
        request.end();
        return new Resume(holder, sessions);
    }

    /** One session and its ticket, which is as good as a credential. */
    record Held(long session, byte[] ticket) {

        static final int LEAST_BYTES = Long.BYTES + Integer.BYTES;

        @Override
        public String toString() {
            return "Held[" + session + "]";
        }
    }
}
