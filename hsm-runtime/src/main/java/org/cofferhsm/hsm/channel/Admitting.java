package org.cofferhsm.hsm.channel;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/** What is done with a connection that has come in. */
@FunctionalInterface
interface Admitting {

    void admit(SocketChannel channel) throws IOException;
}
