package org.cofferhsm.hsm.channel;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/** A way to where a service listens. */
interface Approach {

    /** A connection, by that time on the clock of {@link System#nanoTime}; complains by {@code serviceRefused}, too. */
    SocketChannel connect(long deadline) throws IOException;
}
