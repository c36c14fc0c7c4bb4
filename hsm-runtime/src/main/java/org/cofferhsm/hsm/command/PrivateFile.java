package org.cofferhsm.hsm.command;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.file.WholeFile;

/** Files and directories that only their owner may read, from the moment they exist. */
public final class PrivateFile {

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private PrivateFile() {}

    public static void createDirectories(Path directory) {
        try {
            Files.createDirectories(directory, attributes("rwx------"));
        } catch (IOException e) {
            throw HsmException.argumentInvalid("the directory " + directory + " cannot be made; name another")
                    .causedBy(e);
        }
    }

    /** Makes a file that was not there, whole and on disk or not at all. */
    public static void write(Path file, byte[] content) {
        try {
            WholeFile.ownersOnly(file).create(content);
        } catch (IOException e) {
            throw HsmException.argumentInvalid("the file " + file + " cannot be made; see whether it is there already,"
                            + " and whether its directory may be written")
                    .causedBy(e);
        }
    }

    /** Whether others than the owner may read or write it; unknown counts as no. */
    public static boolean isOpenToOthers(Path path) {
        try {
            return POSIX && Files.getPosixFilePermissions(path).stream().anyMatch(PrivateFile::isOthers);
        } catch (IOException e) {
            throw HsmException.argumentInvalid("the permissions of " + path + " cannot be read")
                    .causedBy(e);
        }
    }

    private static boolean isOthers(PosixFilePermission permission) {
        return !permission.name().startsWith("OWNER_");
    }

    /** On Windows a user's own directories are private by inheritance. */
    private static FileAttribute<?>[] attributes(String permissions) {
        Set<PosixFilePermission> wanted = PosixFilePermissions.fromString(permissions);
        return POSIX ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(wanted)} : new FileAttribute<?>[0];
    }
}
