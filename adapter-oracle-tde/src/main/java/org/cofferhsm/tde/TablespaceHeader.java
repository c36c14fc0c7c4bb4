package org.cofferhsm.tde;

/**
 * Where the wrapped key of one tablespace is kept: the head of a database file, a file beside it. A rotation of the
 * master key reads each header, wraps its key anew and replaces it; the tablespace's data stays as it is.
 */
public interface TablespaceHeader {

    /** The tablespace as messages and reports name it: a path, say. */
    String name();

    /** The wrapped key that the header holds now; complains about a header that is damaged or not one of ours. */
    WrappedTablespaceKey wrappedKey();

    /**
     * Puts another wrapping of the same key in its place. It is on disk when this returns; whoever is interrupted leaves
     * the old one or the new one, and never neither.
     */
    void replace(WrappedTablespaceKey wrapped);
}
