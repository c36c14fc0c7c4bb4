package org.cofferhsm.hsm.session.remote;

import org.cofferhsm.hsm.spi.MalformedMessageException;

/** An operation in parts that runs for a client: one shape for all four kinds. */
interface ServedStream {

    /** The output of a part that gives none. */
    byte[] NOTHING = {};

    /** Takes a part; gives what is ready. */
    byte[] update(byte[] part);

    byte[] finish();

    /** Ends a verification. */
    default boolean finish(byte[] signature) {
        throw new MalformedMessageException("this operation verifies nothing");
    }

    void close();
}
