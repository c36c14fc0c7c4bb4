package org.cofferhsm.hsm.channel;

import java.nio.channels.SocketChannel;

/** Lets each one greet, and those stay that show the secret. */
record AdmittingByToken(SecretFile secret, Threads threads, LargeRequests large) implements Admitting {

    @Override
    public void admit(SocketChannel channel) {
        Connection connection = new Connection(channel, Peer.BY_TOKEN, large.of(Peer.BY_TOKEN.user()));
        threads.examine(connection, secret);
    }
}
