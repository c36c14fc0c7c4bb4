package org.cofferhsm.tde.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import org.cofferhsm.hsm.file.WholeFile;
import org.cofferhsm.hsm.file.WholeFile.Writing;
import org.cofferhsm.hsm.key.Octets;

/** One step of an installation: planned, shown by a dry run, then made. */
public sealed interface Change {

    /** The file or directory, as it lies on this machine. */
    Path path();

    /** What is done, in a word. */
    String verb();

    void make() throws IOException;

    private static void allow(Path path, String permissions) throws IOException {
        Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setPermissions(PosixFilePermissions.fromString(permissions));
    }

    /** A directory that everybody may read and only its owner write. */
    record MakeDirectory(Path path, Owner owner) implements Change {
        @Override
        public String verb() {
            return "create";
        }

        @Override
        public void make() throws IOException {
            Files.createDirectory(
                    path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
            allow(path, "rwxr-xr-x"); // whatever umask says
            owner.give(path);
        }
    }

    /**
     * A new file, whole or not at all: a process of Oracle's that has the old one mapped keeps it, which writing into it
     * would kill. Root may do this in a directory that is another's, who could put a link in the place of what is being
     * written: no link is followed.
     *
     * @param permissions as {@code ls} shows them
     */
    record WriteFile(Path path, Octets content, String permissions, Owner owner) implements Change {
        @Override
        public String verb() {
            return Files.exists(path) ? "replace" : "write";
        }

        @Override
        public void make() throws IOException {
            WholeFile.ownersOnly(path).replace(Writing.of(content.toByteArray()), fresh -> {
                allow(fresh, permissions);
                owner.give(fresh);
            });
        }

        @Override
        public String toString() {
            return "WriteFile[" + path + ", " + content.length() + " bytes]";
        }
    }

    /** A file, or a directory that is empty by then, goes. Who has the file mapped keeps it. */
    record Remove(Path path) implements Change {
        @Override
        public String verb() {
            return "remove";
        }

        @Override
        public void make() throws IOException {
            Files.delete(path);
        }
    }
}
