package org.cofferhsm.hsm.audit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cofferhsm.hsm.file.OnDisk;

/** The directory of a log: which files are there, and how new ones get there without being seen half-written. */
final class LogDirectory {

    private static final Pattern SEGMENT = Pattern.compile("segment-([0-9]{16})\\.log");
    private static final String TEMPORARY = ".tmp";

    private final Path path;

    LogDirectory(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    /** Makes the directory where it is missing, for its owner only, and removes what an interrupted start left. */
    void prepare() throws IOException {
        if (!Files.exists(path)) {
            Files.createDirectories(path, ownerOnly(path, "rwx------"));
        }
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : files.toList()) {
                if (file.getFileName().toString().endsWith(TEMPORARY)) {
                    Files.delete(file);
                }
            }
        }
    }

    /** The segment files in the order of their first records. */
    List<Path> segments() throws IOException {
        TreeMap<Long, Path> segments = new TreeMap<>();
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : files.toList()) {
                Matcher name = SEGMENT.matcher(file.getFileName().toString());
                if (name.matches()) {
                    segments.put(Long.parseLong(name.group(1)), file);
                }
            }
        }
        return List.copyOf(segments.values());
    }

    /** The first sequence number that a segment file's name promises. */
    static long firstSequence(Path segment) {
        Matcher name = SEGMENT.matcher(segment.getFileName().toString());
        return name.matches() ? Long.parseLong(name.group(1)) : -1;
    }

    Path segment(long firstSequence) {
        return path.resolve("segment-%016d.log".formatted(firstSequence));
    }

    Path temporary(String name) {
        return path.resolve(name + TEMPORARY);
    }

    /** Writes a small file so that it is there whole, on disk, or not at all. */
    void createWhole(String name, byte[] content) throws IOException {
        Path temporary = temporary(name);
        Files.createFile(temporary, ownerOnly(path, "rw-------"));
        try (RandomAccessFile file = new RandomAccessFile(temporary.toFile(), "rw")) {
            file.write(content);
            file.getFD().sync();
        }
        publish(temporary, path.resolve(name));
    }

    /** Gives a finished file its name, on disk when this returns. */
    void publish(Path temporary, Path target) throws IOException {
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        OnDisk.forceNames(path);
    }

    /** What makes a new file its owner's only, from its first moment, where the file system knows of owners. */
    static FileAttribute<?>[] ownerOnly(Path path, String permissions) {
        return isPosix(path)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
