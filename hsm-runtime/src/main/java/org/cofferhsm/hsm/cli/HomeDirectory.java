package org.cofferhsm.hsm.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.cofferhsm.hsm.command.Finding;
import org.cofferhsm.hsm.command.PrivateFile;
import org.cofferhsm.hsm.error.HsmException;

/** The module's directory as {@code coffer doctor} sees it. */
record HomeDirectory(Path path) {

    private static final long LITTLE_SPACE = 256L << 20;
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(2);

    List<Finding> findings() {
        try {
            return List.of(permissions(), space(), clock());
        } catch (IOException | UncheckedIOException e) {
            throw HsmException.storeUnavailable(
                            "the directory " + path + " cannot be looked through by this user: " + e.getMessage())
                    .causedBy(e);
        }
    }

    /** One level is enough: what lies in a directory that others cannot enter is not open, whatever it permits. */
    private Finding permissions() throws IOException {
        try (Stream<Path> files = Files.walk(path, 1)) {
            Optional<Path> open = files.filter(PrivateFile::isOpenToOthers).findFirst();
            return open.map(file -> Finding.problem(
                            "file permissions", file + " is open to other users; run chmod -R go= " + path))
                    .orElseGet(() -> Finding.active("file permissions", "only the owner may read " + path));
        }
    }

    private Finding space() throws IOException {
        long free = Files.getFileStore(path).getUsableSpace();
        String detail = (free >> 20) + " MiB free";
        return free < LITTLE_SPACE
                ? Finding.problem(
                        "disk space", detail + "; when the audit log cannot be written, every operation fails")
                : Finding.active("disk space", detail);
    }

    /** A file from the future means that the clock was put back, or was wrong before. */
    private Finding clock() throws IOException {
        Instant now = Instant.now();
        Instant newest = newest();
        return newest.isAfter(now.plus(CLOCK_TOLERANCE))
                ? Finding.problem("clock", "it says " + now + ", but a file of the module was written at " + newest)
                : Finding.active("clock", "it says " + now);
    }

    private Instant newest() throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            return files.map(HomeDirectory::modified)
                    .max(FileTime::compareTo)
                    .orElseThrow()
                    .toInstant();
        }
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
