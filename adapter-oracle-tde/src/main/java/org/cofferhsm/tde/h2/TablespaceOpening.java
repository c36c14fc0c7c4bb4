package org.cofferhsm.tde.h2;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.cofferhsm.hsm.error.HsmException;
import org.h2.store.fs.FilePath;

/**
 * The opening of a database file for H2: the header is read, or written where the file is new, and its key unwrapped.
 *
 * @param file in the file system below ours
 * @param path where the disk has it
 * @param mode as H2 names it: {@code r} or {@code rw}
 */
record TablespaceOpening(String keystore, FilePath file, Path path, String mode) {

    TablespaceChannel open() throws IOException {
        DatabaseCallers.requireGuarded(path);
        try {
            return OpenTablespaces.OF_THIS_PROCESS.open(path, this::openNow);
        } catch (HsmException e) {
            throw new IOException(e.getMessage(), e); // H2 closes what it has half opened on this one only
        }
    }

    private TablespaceChannel openNow() throws IOException {
        if (mode.equals("r") && !Files.exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        FileChannel channel = file.open(mode);
        try {
            Object fileKey = TablespaceChannel.fileKey(path);
            return new TablespaceChannel(path, channel, pages(channel), fileKey);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private Pages pages(FileChannel channel) throws IOException {
        HeaderSlots header = new HeaderSlots(channel, path.toString());
        if (!mode.equals("r") && header.isUnfinished()) {
            create(header);
        }
        List<HeaderSlot> slots = header.read();
        PageKeys keys = H2Keystores.named(keystore).with(open -> new Unlocking(open, path.toString()).keys(slots));
        return Pages.in(
                channel,
                new PageLayout(HeaderSlots.BYTES, slots.get(0).identity().tagged()),
                keys);
    }

    private void create(HeaderSlots header) throws IOException {
        FileLock making = header.file().lock(0, HeaderSlots.BYTES, false);
        try {
            if (header.isUnfinished()) {
                boolean tagged = new Sibling(path).isTagged();
                NewTablespace made = H2Keystores.named(keystore).with(open -> NewTablespace.in(open, tagged));
                made.keys().close();
                header.create(made.slot());
            }
        } finally {
            making.release();
        }
    }

    /** A file that H2 writes to take the place of another is of the same kind. */
    private record Sibling(Path path) {
        boolean isTagged() throws IOException {
            String name = path.getFileName().toString();
            int end = name.indexOf(H2Tablespace.SUFFIX) + H2Tablespace.SUFFIX.length();
            Path original = path.resolveSibling(name.substring(0, end));
            return !original.equals(path)
                    && Files.exists(original)
                    && OpenTablespaces.OF_THIS_PROCESS.with(
                            original,
                            file -> new HeaderSlots(file, name)
                                    .read()
                                    .get(0)
                                    .identity()
                                    .tagged());
        }
    }
}
