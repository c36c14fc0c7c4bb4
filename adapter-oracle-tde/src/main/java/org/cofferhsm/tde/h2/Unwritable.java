package org.cofferhsm.tde.h2;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.tde.OraCause;

/** What the disk refused, in a DBA's terms. */
final class Unwritable {

    private Unwritable() {}

    /** @param file what is meant where the disk does not name a file itself, as it does of two files that are open */
    static HsmException file(Path file, IOException cause) {
        Path named = named(cause).orElse(file);
        HsmException refusal = cause instanceof NoSuchFileException
                ? HsmException.argumentInvalid(missing(named))
                : OraCause.FILE_ERROR.refusal(named + " cannot be read or written: " + why(cause));
        return refusal.causedBy(cause);
    }

    private static Optional<Path> named(IOException cause) {
        return cause instanceof FileSystemException refusal
                ? Optional.ofNullable(refusal.getFile()).map(Path::of)
                : Optional.empty();
    }

    private static String missing(Path file) {
        Path directory = file.toAbsolutePath().getParent();
        return directory == null || Files.isDirectory(directory)
                ? "there is no file " + file
                : "there is no directory " + directory;
    }

    private static String why(IOException cause) {
        if (cause instanceof AccessDeniedException) {
            return "this user may not";
        }
        if (cause instanceof FileSystemException refusal) { // whose message begins with the file's name
            return refusal.getReason() == null ? cause.getClass().getSimpleName() : refusal.getReason();
        }
        return String.valueOf(cause.getMessage());
    }
}
