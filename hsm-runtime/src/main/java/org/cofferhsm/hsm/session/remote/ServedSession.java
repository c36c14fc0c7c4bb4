package org.cofferhsm.hsm.session.remote;

import org.cofferhsm.hsm.session.Session;

/** A session that a client has, with its operations in parts. */
record ServedSession(Session session, ServedStreams streams) implements AutoCloseable {

    ServedSession(Session session) {
        this(session, new ServedStreams());
    }

    @Override
    public void close() {
        try (session) {
            streams.close();
        }
    }
}
