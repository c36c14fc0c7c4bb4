package org.cofferhsm.signtool.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import org.cofferhsm.hsm.error.HsmException;
import org.jspecify.annotations.Nullable;

/**
 * Replaces a file by a new one in a single step: the new one is written beside it, checked, forced to disk, and
 * renamed. Whatever interrupts this, the file has either all of its old bytes or all of its new ones.
 */
public final class SafeReplacement {

    private static final String SUFFIX = ".coffer-new";

    private final Path file;
    private final Snapshot before;

    private SafeReplacement(Path file) throws IOException {
        this.file = file;
        this.before = Snapshot.of(file);
    }

    /** What writes the new file. */
    @FunctionalInterface
    public interface Writing {
        /** Writes to a channel that is empty and open for reading and writing. */
        void to(FileChannel target) throws IOException;
    }

    /** What looks at the new file before it takes the old one's place; it throws to keep the old one. */
    @FunctionalInterface
    public interface Check {
        void that(Path written) throws IOException;
    }

    /** Starts from the file as it is now; a later change by others is noticed. A symbolic link stays one. */
    public static SafeReplacement of(Path file) throws IOException {
        Path real = file.toRealPath();
        if (!Files.isWritable(real)) {
            throw HsmException.argumentInvalid(file + " is read-only; make it writable to change it");
        }
        return new SafeReplacement(real);
    }

    /** Does it. Mode, owner and group are kept; so is the old file, when anything fails. */
    public void by(Writing writing, Check check) throws IOException {
        Path written = Files.createTempFile(file.toAbsolutePath().getParent(), "." + file.getFileName() + ".", SUFFIX);
        try {
            write(written, writing);
            check.that(written);
            keepAttributes(written);
            before.requireUnchanged(file);
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(written);
        }
        forceDirectory();
    }

    private static void write(Path written, Writing writing) throws IOException {
        try (FileChannel target = FileChannel.open(written, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            writing.to(target);
            target.force(true);
        }
    }

    private void keepAttributes(Path written) throws IOException {
        PosixFileAttributeView from = view(file);
        PosixFileAttributeView to = view(written);
        if (from != null && to != null) {
            PosixFileAttributes old = from.readAttributes();
            PosixFileAttributes current = to.readAttributes();
            if (!old.owner().equals(current.owner())) {
                to.setOwner(old.owner());
            }
            if (!old.group().equals(current.group())) {
                to.setGroup(old.group());
            }
            to.setPermissions(old.permissions()); // last: changing the owner clears some of them
        }
    }

    private static @Nullable PosixFileAttributeView view(Path path) {
        return Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** Only this makes the new name survive a power failure; not all systems can open a directory. */
    private void forceDirectory() throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (view(file) != null) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
