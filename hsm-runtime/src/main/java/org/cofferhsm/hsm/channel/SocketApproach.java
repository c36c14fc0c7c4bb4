package org.cofferhsm.hsm.channel;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.cofferhsm.hsm.error.HsmException;

/** To a Unix domain socket; whoever answers there has to be one whom the caller can trust, unless a secret is to prove it. */
record SocketApproach(Path socket, boolean provenBySecret) implements Approach {

    private static final long RETRY_MILLIS = 1;

    SocketApproach {
        SocketFile.requireShort(socket);
    }

    @Override
    public SocketChannel connect(long deadline) throws IOException {
        SocketChannel channel = connected(deadline);
        boolean done = provenBySecret;
        try {
            if (!done) {
                requireTrust(channel);
            }
            done = true;
            return channel;
        } finally {
            if (!done) {
                channel.close();
            }
        }
    }

    /** Does not wait in the operating system, which knows no deadline: a service that hangs has a full queue. */
    private SocketChannel connected(long deadline) throws IOException {
        while (true) {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            if (tryToConnect(channel)) {
                return channel;
            }
            if (System.nanoTime() >= deadline) {
                throw new DeadlineException();
            }
            pause();
        }
    }

    private boolean tryToConnect(SocketChannel channel) throws IOException {
        boolean connected = false;
        try {
            channel.configureBlocking(false);
            connected = channel.connect(UnixDomainSocketAddress.of(socket));
            return connected;
        } finally {
            if (!connected) {
                channel.close();
            }
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(RETRY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while connecting", e);
        }
    }

    /** Anybody may have put a socket there where the directory is open. */
    private void requireTrust(SocketChannel channel) throws IOException {
        SocketDirectory directory = SocketDirectory.of(socket);
        if (Peer.canBeTold()) {
            requireCredentials(channel, directory);
        } else if (!directory.isNobodyElses()) {
            throw HsmException.serviceRefused("others than root and this user may have put " + socket
                    + " there, and without the JDK's module jdk.net this JVM cannot tell who answers on it;"
                    + " add --add-modules=jdk.net");
        }
    }

    private void requireCredentials(SocketChannel channel, SocketDirectory directory) throws IOException {
        String server = Peer.of(channel).user();
        if (!SocketDirectory.isTrusted(server) && !directory.isGivenTo(server)) {
            throw HsmException.serviceRefused("the user " + server + " answers on " + socket
                    + ", who is neither root nor this user, and to whom that place was not given: nothing was sent;"
                    + " run the service as one of them, or in a directory of its user's below such as only root can"
                    + " write to, like /run/coffer");
        }
    }
}
