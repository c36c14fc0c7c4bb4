package org.cofferhsm.tde;

import java.io.IOException;
import java.nio.channels.FileChannel;
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
