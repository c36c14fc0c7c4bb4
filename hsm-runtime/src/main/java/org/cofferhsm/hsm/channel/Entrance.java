package org.cofferhsm.hsm.channel;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/** Where connections come in. */
interface Entrance extends AutoCloseable {

    /** The next one; complains by {@link java.nio.channels.ClosedChannelException} when there are no more. */
    SocketChannel accept() throws IOException;

    @Override
    void close() throws IOException;
}
