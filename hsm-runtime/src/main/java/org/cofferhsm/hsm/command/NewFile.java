package org.cofferhsm.hsm.command;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.file.WholeFile;

/** A file that a command makes. What is there already is never overwritten: it may be the only copy of a key. */
public final class NewFile {

    private NewFile() {}

    /** Writes the file, whole and on disk or not at all. */
    public static void write(Path file, byte[] content) {
        try {
            WholeFile.at(file).create(content);
        } catch (FileAlreadyExistsException e) {
            throw HsmException.argumentInvalid("the file " + file + " is there already; name another")
                    .causedBy(e);
        } catch (IOException e) {
            throw HsmException.argumentInvalid("the file " + file + " cannot be written")
                    .causedBy(e);
        }
    }

    /** Complains before any work is done. */
    public static void requireAbsent(Path file) {
        if (Files.exists(file)) {
            throw HsmException.argumentInvalid("the file " + file + " is there already; name another");
        }
    }
}
