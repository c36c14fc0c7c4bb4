package org.cofferhsm.hsm.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/** Who may open a new file, where the file system knows of owners. */
enum Rights {
    /** Whom the process lets, by its umask. */
    USUAL,
    /** Its owner. */
    OWNERS_ONLY,
    /** Whoever could open the file in whose place it comes, and nobody else. */
    KEPT;

    static boolean areKnownIn(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** With what the part is made. */
    FileAttribute<?>[] ofPart(Path file) {
        boolean secret = this == OWNERS_ONLY || this == KEPT && Files.exists(file);
        return secret && areKnownIn(file)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /** What the part gets when it is complete. */
    void giveTo(Path part, Path file) throws IOException {
        if (this == KEPT && areKnownIn(file) && Files.exists(file)) {
            keep(view(file).readAttributes(), view(part));
        }
    }

    private static void keep(PosixFileAttributes old, PosixFileAttributeView part) throws IOException {
        PosixFileAttributes now = part.readAttributes();
        if (!now.owner().equals(old.owner())) {
            part.setOwner(old.owner());
        }
        if (!now.group().equals(old.group())) {
            part.setGroup(old.group());
        }
        part.setPermissions(old.permissions()); // last: a change of the owner clears some of them
    }

    private static PosixFileAttributeView view(Path path) {
        return Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }
}
