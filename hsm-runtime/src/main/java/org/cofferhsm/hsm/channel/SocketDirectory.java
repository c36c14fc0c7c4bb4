package org.cofferhsm.hsm.channel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;

/** The directory of a socket, by POSIX's owners and permissions: who can have put the socket there. */
record SocketDirectory(Path path) {

    private static final Set<PosixFilePermission> OTHERS_WRITE =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    static SocketDirectory of(Path socket) {
        return new SocketDirectory(
                Objects.requireNonNull(socket.toAbsolutePath().getParent()));
    }

    /** Whether a user's word is as good as this program's own. */
    static boolean isTrusted(String user) {
        return user.equals(Peer.ROOT) || user.equals(System.getProperty("user.name"));
    }

    /**
     * Whether it belongs to the user, and neither it nor a directory above it, as it is written and as links lead to it,
     * is any stranger's or open to other writers. In /tmp, where anybody can make it first, nothing is given to anybody.
     */
    boolean isGivenTo(String user) throws IOException {
        return isGivenTo(user, path) && isGivenTo(user, path.toRealPath());
    }

    private static boolean isGivenTo(String user, Path directory) throws IOException {
        if (!attributes(directory).owner().getName().equals(user)) {
            return false;
        }
        for (Path at = directory; at != null; at = at.getParent()) {
            if (!isKept(attributes(at), user)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isKept(PosixFileAttributes directory, String user) {
        String owner = directory.owner().getName();
        return (owner.equals(user) || isTrusted(owner)) && isClosed(directory);
    }

    /** Whether only somebody who is trusted, or whom it was given to, can have put the socket there. */
    boolean isNobodyElses() throws IOException {
        PosixFileAttributes directory = attributes(path);
        String owner = directory.owner().getName();
        return isTrusted(owner) ? isClosed(directory) : isGivenTo(owner);
    }

    private static boolean isClosed(PosixFileAttributes directory) {
        return Collections.disjoint(directory.permissions(), OTHERS_WRITE);
    }

    private static PosixFileAttributes attributes(Path directory) throws IOException {
        return Files.readAttributes(directory, PosixFileAttributes.class);
    }
}
