package org.cofferhsm.tde.cli;

import java.nio.file.Path;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.tde.h2.H2Tablespace;

/** A database as H2 names it in URLs, or its file. */
final class DatabaseOption {

    private DatabaseOption() {}

    static Path file(Invocation invocation, String option) {
        String text = invocation.get(option);
        return invocation.path(text.endsWith(H2Tablespace.SUFFIX) ? text : text + H2Tablespace.SUFFIX);
    }
}
