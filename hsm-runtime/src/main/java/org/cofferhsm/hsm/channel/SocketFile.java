package org.cofferhsm.hsm.channel;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.cofferhsm.hsm.error.HsmException;

/** The socket's file: made, guarded and removed. */
final class SocketFile implements Entrance {

    /** What {@code sun_path} of unix(7) holds besides its end. */
    private static final int MAX_PATH_BYTES = 107;

    private static final int BACKLOG = 1024;
    private static final int FILE_TYPE = 0170000;
    private static final int SOCKET = 0140000;
    private static final int STICKY = 01000;
    private static final int WRITABLE_BY_OTHERS = 0022;
    private static final int ENTERED_BY_OTHERS = 0011;

    private final Path path;
    private final ServerSocketChannel server;
    private final Object identity;

    private SocketFile(Path path, ServerSocketChannel server) throws IOException {
        this.path = path;
        this.server = server;
        this.identity = identity(path);
    }

    /**
     * Listens at this path; a socket that nobody answers on is replaced. Complains by {@code argumentInvalid} where the
     * place is not fit for a socket, and by {@code moduleInUse} where somebody answers.
     */
    static SocketFile listen(Path path) {
        requireShort(path);
        try {
            requireSafe(path);
            removeStale(path);
            return new SocketFile(path, bound(path));
        } catch (UnsupportedOperationException e) { // Windows before 1803
            throw HsmException.argumentInvalid("this system has no Unix domain sockets; give --socket none and --tcp")
                    .causedBy(e);
        } catch (IOException e) {
            throw HsmException.storeUnavailable("the socket " + path + " cannot be made: " + e)
                    .causedBy(e);
        }
    }

    /** Complains by {@code argumentInvalid} about a path that does not fit into a socket's address. */
    static void requireShort(Path path) {
        int bytes = path.toString().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_PATH_BYTES) {
            throw HsmException.argumentInvalid("the path of the socket, " + path + ", has " + bytes
                    + " bytes, and the operating system allows " + MAX_PATH_BYTES
                    + "; give a shorter one by --socket");
        }
    }

    private static void requireSafe(Path path) throws IOException {
        Path directory = directory(path);
        if (!Files.isDirectory(directory)) {
            throw HsmException.argumentInvalid(
                    "the directory " + directory + " of the socket does not exist; make it, or give another --socket");
        }
        if (!OwnersFile.hasModes(directory)) {
            return; // whoever connects has to show the secret, and so has whoever listens
        }
        int mode = mode(directory);
        if ((mode & WRITABLE_BY_OTHERS) != 0 && (mode & STICKY) == 0) {
            throw HsmException.argumentInvalid("other users may write to the directory " + directory
                    + ", so they could put their own socket there; run chmod go-w " + directory
                    + ", or give another --socket");
        }
    }

    private static Path directory(Path path) {
        return Objects.requireNonNull(path.toAbsolutePath().getParent());
    }

    private static int mode(Path file, LinkOption... options) throws IOException {
        return (Integer) Files.getAttribute(file, "unix:mode", options);
    }

    private static void removeStale(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!isSocket(path)) {
            throw HsmException.argumentInvalid(
                    path + " exists and is not a socket, so it is left alone; give another --socket");
        }
        try {
            SocketChannel.open(UnixDomainSocketAddress.of(path)).close();
        } catch (ConnectException e) { // its owner was killed
            Files.deleteIfExists(path);
            return;
        }
        throw HsmException.moduleInUse("another program answers on " + path + "; end it, or give another --socket");
    }

    private static boolean isSocket(Path path) throws IOException {
        return OwnersFile.hasModes(path)
                ? (mode(path, LinkOption.NOFOLLOW_LINKS) & FILE_TYPE) == SOCKET
                : Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                        .isOther();
    }

    private static ServerSocketChannel bound(Path path) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(path), BACKLOG);
            if (OwnersFile.hasModes(path)) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            }
            return server;
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    /** The user that this process is. */
    String owner() throws IOException {
        return Files.getOwner(path).getName();
    }

    /** Lets other users connect; who of them may stay is decided by their credentials. */
    void openToAll() throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
    }

    /** Lets the members of one group connect; fails where the service is not in that group itself. */
    void openTo(String group) throws IOException {
        Files.getFileAttributeView(path, PosixFileAttributeView.class)
                .setGroup(path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(group));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw----"));
    }

    /** Whether anybody but the owner of its directory can reach it. */
    boolean reachable() throws IOException {
        return (mode(directory(path)) & ENTERED_BY_OTHERS) != 0;
    }

    Path path() {
        return path;
    }

    @Override
    public SocketChannel accept() throws IOException {
        return server.accept();
    }

    /** No more connections; the file goes unless somebody has put another in its place. */
    @Override
    public void close() throws IOException {
        server.close();
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && identity.equals(identity(path))) {
            Files.deleteIfExists(path);
        }
    }

    private static Object identity(Path path) throws IOException {
        return !OwnersFile.hasModes(path) ? path : Files.getAttribute(path, "unix:ino", LinkOption.NOFOLLOW_LINKS);
    }
}
