package org.cofferhsm.tde.h2;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A file that is written beside another one and takes its place when it is complete. */
record FileReplacement(Path file, Path part) {

    static FileReplacement of(Path file, String suffix) {
        return new FileReplacement(file, file.resolveSibling(file.getFileName() + suffix));
    }

    interface Writing {
        void into(FileChannel channel) throws IOException;
    }

    /** Leaves the file as it was unless everything has been written and is on disk. */
    void write(Writing writing) throws IOException {
        try (FileChannel channel = FileChannel.open(
                part,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            writing.into(channel);
            channel.force(true);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(part);
            throw e;
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncDirectory();
    }

    private void syncDirectory() throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null || System.getProperty("os.name").startsWith("Windows")) {
            return; // Windows opens no directories and needs no such thing
        }
        try (FileChannel opened = FileChannel.open(directory, StandardOpenOption.READ)) {
            opened.force(true);
        }
    }
}
