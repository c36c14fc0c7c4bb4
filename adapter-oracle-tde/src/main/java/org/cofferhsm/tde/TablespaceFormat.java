package org.cofferhsm.tde;

import java.nio.file.Path;

/**
 * A kind of file that holds a wrapped tablespace key beside other things, found by {@link java.util.ServiceLoader}: what
 * lets {@code coffer tde rekey} take files of each kind on its command line.
 */
public interface TablespaceFormat {

    /**
     * Whether a file of this name is of this kind, and of no other one. The name alone decides, and nobody looks into the
     * file first: it may be open in this process, and where POSIX gives locks, closing a second descriptor of a file takes
     * away all locks that the process has on it.
     *
     * @param file the real path of a file
     */
    boolean claims(Path file);

    /**
     * The header of a file that this format claims.
     *
     * @param file its real path
     */
    TablespaceHeader headerOf(Path file);
}
