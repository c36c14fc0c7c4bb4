package org.cofferhsm.tde.h2;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.tde.OraCause;

/**
 * The tablespaces that this JVM has open. Whoever works on the header of one of them has to do so through its open
 * channel: where a process closes any descriptor of a file, POSIX takes all its locks on that file away, H2's too.
 */
final class OpenTablespaces {

    /** Locks belong to the process, and so does this. */
    static final OpenTablespaces OF_THIS_PROCESS = new OpenTablespaces();

    private final Map<Path, TablespaceChannel> open = new HashMap<>();
    private final Set<Path> rewritten = new HashSet<>();

    private OpenTablespaces() {}

    /** Work on an open file. */
    interface Work<T> {
        T on(FileChannel file) throws IOException;
    }

    /** Opens a tablespace; nobody works on a header meanwhile. */
    interface Opening {
        TablespaceChannel open() throws IOException;
    }

    synchronized TablespaceChannel open(Path path, Opening opening) throws IOException {
        requireNotRewritten(path);
        requireNotOpen(path);
        TablespaceChannel channel = opening.open();
        open.put(key(path), channel);
        return channel;
    }

    /** Closes the file of a tablespace and forgets the tablespace. */
    synchronized void close(Path path, TablespaceChannel channel, FileChannel file) throws IOException {
        open.remove(key(path), channel);
        file.close();
    }

    synchronized Optional<TablespaceChannel> find(Path path) {
        return Optional.ofNullable(open.get(key(path)));
    }

    /** Works on a file through the channel that is open here, or else through one for this work only. */
    synchronized <T> T with(Path path, Work<T> work) throws IOException {
        requireNotRewritten(path);
        TablespaceChannel channel = open.get(key(path));
        if (channel != null) {
            return work.on(channel.file());
        }
        Object fileKey = TablespaceChannel.fileKey(path);
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            T result = work.on(file);
            TablespaceChannel.requireSame(path, fileKey); // a re-key may have ended while a rotation waited for it
            return result;
        }
    }

    /** Keeps everybody here from opening a file while it is rewritten as a whole. */
    void whileRewriting(Path path, Rewriting rewriting) throws IOException {
        synchronized (this) {
            requireNotRewritten(path);
            if (open.containsKey(key(path))) {
                throw OraCause.FILE_IN_USE.refusal(path + " is open in this process; close its connections first");
            }
            rewritten.add(key(path));
        }
        try {
            rewriting.run();
        } finally {
            synchronized (this) {
                rewritten.remove(key(path));
            }
        }
    }

    /** Rewrites a file. */
    interface Rewriting {
        void run() throws IOException;
    }

    /** H2 knows a database by its URL: by another one it would open the file again, fail, and close it. */
    private void requireNotOpen(Path path) {
        if (open.containsKey(key(path)) && !DatabaseCallers.compact()) {
            throw OraCause.FILE_IN_USE.refusal(
                    path + " is open in this process already, by another URL; connect by that one, or close it");
        }
    }

    private void requireNotRewritten(Path path) {
        if (rewritten.contains(key(path))) {
            throw OraCause.FILE_IN_USE.refusal(path + " is being re-encrypted; wait until that is done");
        }
    }

    private static Path key(Path path) {
        try {
            return path.toFile().getCanonicalFile().toPath();
        } catch (IOException e) {
            throw HsmException.storeUnavailable("the directory of " + path + " cannot be read")
                    .causedBy(e);
        }
    }
}
