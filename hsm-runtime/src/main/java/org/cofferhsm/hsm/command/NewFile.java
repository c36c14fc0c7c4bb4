package org.cofferhsm.hsm.command;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.cofferhsm.hsm.error.HsmException;

/** A file that a command makes. What is there already is never overwritten: it may be the only copy of a key. */
public final class NewFile {

    private NewFile() {}

    public static void write(Path file, byte[] content) {
        try {
            Files.write(file, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
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
