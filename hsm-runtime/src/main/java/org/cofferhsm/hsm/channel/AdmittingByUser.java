package org.cofferhsm.hsm.channel;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/** Asks the operating system who connects. */
record AdmittingByUser(Admission admission, Threads threads, LargeRequests large) implements Admitting {

    @Override
    public void admit(SocketChannel channel) throws IOException {
        Peer peer;
        try {
            peer = Peer.of(channel);
        } catch (IOException e) { // gone before anybody asked who it was
            channel.close();
            return;
        }
        Connection connection = new Connection(channel, peer, large.of(peer.user()));
        if (admission.admits(peer)) {
            threads.serve(connection);
        } else {
            threads.turnAway(
                    connection,
                    Rejection.refused("the user " + peer.user()
                            + " may not use this service; coffer serve --allow-user or --allow-group lets others in"));
        }
    }
}
