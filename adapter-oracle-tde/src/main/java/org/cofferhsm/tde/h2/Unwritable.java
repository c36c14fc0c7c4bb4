package org.cofferhsm.tde.h2;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.cofferhsm.hsm.error.HsmException;

/** What the disk refused, in the module's terms. */
final class Unwritable {

    private Unwritable() {}

    static HsmException file(Path file, IOException cause) {
        HsmException refusal = cause instanceof NoSuchFileException
                ? HsmException.argumentInvalid("there is no file " + cause.getMessage())
                : HsmException.storeUnavailable(file + " cannot be read or written: " + cause.getMessage());
        return refusal.causedBy(cause);
    }
}
