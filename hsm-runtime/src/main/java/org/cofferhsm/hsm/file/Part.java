package org.cofferhsm.hsm.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;
import org.cofferhsm.hsm.file.WholeFile.Writing;

/**
 * New content, on disk but under a name of its own beside the file that it is for. Closing it removes it unless it has
 * become that file.
 */
record Part(Path path) implements Closeable {

    private static final Set<StandardOpenOption> NEW =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);

    void write(Writing writing, FileAttribute<?>... rights) throws IOException {
        Files.deleteIfExists(path); // left by a process that ended before it gave the file its name
        try (FileChannel channel = FileChannel.open(path, NEW, rights)) {
            writing.into(channel);
            channel.force(true);
        }
    }

    /** Takes the place of what is there, if anything is. */
    void replace(Path file) throws IOException {
        Files.move(path, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Becomes a file that must not be there: a link, unlike a move, never replaces what has come meanwhile. */
    void become(Path file) throws IOException {
        try {
            Files.createLink(file, path);
        } catch (FileAlreadyExistsException | NoSuchFileException e) {
            throw e;
        } catch (FileSystemException | UnsupportedOperationException e) { // no links there, as on a memory stick
            Files.createFile(file);
            replace(file);
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
    }
}
