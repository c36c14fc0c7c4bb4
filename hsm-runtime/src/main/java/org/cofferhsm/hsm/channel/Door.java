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

/** The socket of a service, seen from outside: whoever answers there has to be one whom the caller can trust. */
final class Door {

    private static final long RETRY_MILLIS = 1;
    private static final Set<PosixFilePermission> OTHERS_WRITE =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final Path socket;

    Door(Path socket) {
        SocketFile.requireShort(socket);
        this.socket = socket;
    }

    Path socket() {
        return socket;
    }

    /** A connection; complains by {@code serviceUnavailable} and {@code serviceRefused}. */
    SocketChannel open(long deadline) {
        try {
            return trusted(connected(deadline));
        } catch (IOException e) {
            throw HsmException.serviceUnavailable(
                            "nobody answers on " + socket + " (" + e.getMessage() + "); start it with coffer serve")
                    .causedBy(e);
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
    private SocketChannel trusted(SocketChannel channel) throws IOException {
        Path directory = Objects.requireNonNull(socket.toAbsolutePath().getParent());
        boolean done = false;
        try {
            if (Peer.canBeTold()) {
                requireCredentials(channel, directory);
            } else {
                requirePlace(directory);
            }
            done = true;
            return channel;
        } finally {
            if (!done) {
                channel.close();
            }
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
        if (!OwnersFile.hasModes(directory)) {
            throw HsmException.serviceRefused("this system does not tell who answers on " + socket
                    + ", and the Java client shows no secret file; open the module in the process that uses it");
        }
        if (!Collections.disjoint(Files.getPosixFilePermissions(directory), OTHERS_WRITE)) {
            throw HsmException.serviceRefused("others than its owner may write to " + directory
                    + ", and without the JDK's module jdk.net this JVM cannot tell who answers on " + socket
                    + "; add --add-modules=jdk.net");
        }
    }
}
