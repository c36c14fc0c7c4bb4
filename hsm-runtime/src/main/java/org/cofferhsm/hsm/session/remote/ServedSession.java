package org.cofferhsm.hsm.session.remote;

import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.spi.KeptMemory;

/** A session that a client has, with its operations in parts. */
record ServedSession(Session session, ServedStreams streams, KeptMemory.Share memory) implements AutoCloseable {

    ServedSession(Session session, KeptMemory.Share memory) {
        this(session, new ServedStreams(), memory);
    }

    @Override
    public void close() {
        try (session) {
            streams.close();
        }
    }
}
