package org.cofferhsm.signtool.file;

import java.io.IOException;
import java.nio.file.Path;

/** A file is of no format that can be signed; SignTool has a message of its own for it. */
public final class UnrecognizedFormatException extends IOException {

    UnrecognizedFormatException(Path file) {
        super(file + " is of no format that can be signed");
    }
}
