package org.cofferhsm.tde;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A kind of file that holds a wrapped tablespace key, found by {@link java.util.ServiceLoader}: what lets {@code coffer
 * tde rekey} take files of each kind on its command line.
 */
public interface TablespaceFormat {

    /**
     * The header of this file; empty when the file is of another kind.
     *
     * @param file an existing file
     */
    Optional<TablespaceHeader> headerOf(Path file);
}
