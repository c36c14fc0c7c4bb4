package org.cofferhsm.hsm.spi;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Where a command reads and writes; tests give it their own. */
public interface Terminal {

    PrintWriter out();

    PrintWriter err();

    /** The environment of the process. */
    Map<String, String> environment();

    /** The directory that relative paths start from. */
    Path workingDirectory();

    /** The columns of the terminal that somebody is looking at; empty in a pipe. */
    default OptionalInt width() {
        return OptionalInt.empty();
    }

    /** Asks for a secret without echo; empty when there is nobody to ask. The caller wipes the answer. */
    Optional<char[]> askSecret(String prompt);
}
