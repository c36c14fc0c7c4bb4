package org.cofferhsm.signtool.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.file.WholeFile;
import org.cofferhsm.hsm.file.WholeFile.Finishing;
import org.cofferhsm.hsm.file.WholeFile.Writing;

/**
 * Replaces a file by a new one in a single step: the new one is written beside it, checked, forced to disk, and
 * renamed. Whatever interrupts this, the file has either all of its old bytes or all of its new ones.
 */
public final class SafeReplacement {

    private final Path file;
    private final Snapshot before;

    private SafeReplacement(Path file) throws IOException {
        this.file = file;
        this.before = Snapshot.of(file);
    }

    /** Starts from the file as it is now; a later change by others is noticed. A symbolic link stays one. */
    public static SafeReplacement of(Path file) throws IOException {
        Path real = file.toRealPath();
        if (!Files.isWritable(real)) {
            throw HsmException.argumentInvalid(file + " is read-only; make it writable to change it");
        }
        return new SafeReplacement(real);
    }

    /**
     * Does it. Mode, owner and group are kept; so is the old file, when anything fails.
     *
     * @param check looks at the new file before it takes the old one's place, and throws to keep the old one
     */
    public void by(Writing writing, Finishing check) throws IOException {
        WholeFile.inPlaceOf(file).replace(writing, written -> {
            check.of(written);
            before.requireUnchanged(file);
        });
    }
}
