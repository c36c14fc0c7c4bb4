package org.cofferhsm.hsm.channel;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.cofferhsm.hsm.error.HsmException;

/** To a Unix domain socket; whoever answers there has to be one whom the caller can trust, unless a secret is to prove it. */
record SocketApproach(Path socket, boolean provenBySecret) implements Approach {

    private static final long RETRY_MILLIS = 1;
    private static final Set<PosixFilePermission> OTHERS_WRITE =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

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
        Path directory = Objects.requireNonNull(socket.toAbsolutePath().getParent());
        if (Peer.canBeTold()) {
            requireCredentials(channel, directory);
        } else {
            requirePlace(directory);
        }
    }

    private void requireCredentials(SocketChannel channel, Path directory) throws IOException {
        String server = Peer.of(channel).user();
        Set<String> trusted = Set.copyOf(List.of(
                Peer.ROOT,
                System.getProperty("user.name"),
                Files.getOwner(directory).getName()));
        if (!trusted.contains(server)) {
            throw HsmException.serviceRefused("the user " + server + " answers on " + socket
                    + ", who is neither root nor this user nor the owner of the directory; nothing was sent");
        }
    }

    /** Where the credentials cannot be told: nobody but the directory's owner can have put the socket there. */
    private void requirePlace(Path directory) throws IOException {
        if (!Collections.disjoint(Files.getPosixFilePermissions(directory), OTHERS_WRITE)) {
            throw HsmException.serviceRefused("others than its owner may write to " + directory
                    + ", and without the JDK's module jdk.net this JVM cannot tell who answers on " + socket
                    + "; add --add-modules=jdk.net");
        }
    }
}
