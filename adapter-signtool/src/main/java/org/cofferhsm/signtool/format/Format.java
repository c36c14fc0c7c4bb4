package org.cofferhsm.signtool.format;

import java.io.IOException;

/** A family of files that Authenticode can sign. Stateless; safe for use by several threads. */
public interface Format {

    /** How people call it: "PE image". */
    String name();

    /**
     * Whether the file is of this format: decided by its first bytes, cheaply, and without refusing anything. Only
     * where text carries no mark (scripts) may the file's extension decide.
     */
    boolean recognizes(Source source) throws IOException;

    /**
     * Reads the file's structure, as far as signing needs it.
     *
     * @throws org.cofferhsm.hsm.error.HsmException DATA_INVALID for a file that is damaged or hostile
     */
    SignableFile open(Source source) throws IOException;
}
