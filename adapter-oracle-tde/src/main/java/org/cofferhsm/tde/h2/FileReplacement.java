package org.cofferhsm.tde.h2;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;

/** A file that is written beside another one and takes its place when it is complete. */
record FileReplacement(Path file, Path part) {

    static FileReplacement of(Path file, String suffix) throws IOException {
        Path real = Files.exists(file) ? file.toRealPath() : file; // a link stays one
        return new FileReplacement(real, real.resolveSibling(real.getFileName() + suffix));
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
            keepOwner();
            writing.into(channel);
            channel.force(true);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(part);
            throw e;
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncDirectory();
    }

    /** Whoever could open the file, and nobody else, can open the one that takes its place. */
    private void keepOwner() throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(part, PosixFileAttributeView.class);
        if (view == null || !Files.exists(file)) {
            return; // no such thing on Windows; nothing to keep for a new file
        }
        PosixFileAttributes old = Files.readAttributes(file, PosixFileAttributes.class);
        if (!view.getOwner().equals(old.owner())) {
            view.setOwner(old.owner());
        }
        if (!view.readAttributes().group().equals(old.group())) {
            view.setGroup(old.group());
        }
        view.setPermissions(old.permissions());
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
