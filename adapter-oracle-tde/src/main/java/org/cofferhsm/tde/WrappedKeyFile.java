package org.cofferhsm.tde;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.spi.StepFile;

/**
 * A file that holds a wrapped tablespace key and nothing else, for a database that keeps its key beside its data.
 * Replaced as a whole, with its directory synced.
 */
public final class WrappedKeyFile implements TablespaceHeader {

    private final StepFile file;

    public WrappedKeyFile(Path path) {
        this.file = new StepFile(path.toAbsolutePath());
    }

    /** The wrapped key in this file; complains when its first bytes say that it is something else. */
    static WrappedKeyFile existing(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            if (!WrappedTablespaceKey.isBegunBy(in.readNBytes(WrappedTablespaceKey.MAGIC_BYTES))) {
                throw OraCause.REWRAP_FAILED.refusal(
                        path + " holds no wrapped tablespace key of a format that is installed");
            }
            return new WrappedKeyFile(path);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    static HsmException unreadable(Path path, IOException cause) {
        return HsmException.argumentInvalid("cannot read " + path + ": " + cause.getMessage())
                .causedBy(cause);
    }

    @Override
    public String name() {
        return file.path().toString();
    }

    @Override
    public WrappedTablespaceKey wrappedKey() {
        return WrappedTablespaceKey.decode(file.read());
    }

    @Override
    public void replace(WrappedTablespaceKey wrapped) {
        file.write(wrapped.encode());
        syncDirectory();
    }

    /** The new name has to survive a power cut as well; Windows neither needs nor allows this. */
    private void syncDirectory() {
        if (Path.of("").getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel directory = FileChannel.open(file.path().resolveSibling("."))) {
                directory.force(true);
            } catch (IOException e) {
                throw HsmException.argumentInvalid("cannot sync the directory of " + name() + ": " + e.getMessage())
                        .causedBy(e);
            }
        }
    }
}
