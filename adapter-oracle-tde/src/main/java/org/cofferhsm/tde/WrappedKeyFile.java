package org.cofferhsm.tde;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.file.WholeFile;

/**
 * A file that holds a wrapped tablespace key and nothing else, for a database that keeps its key beside its data.
 * Replaced as a whole; whoever could read it still can.
 */
public final class WrappedKeyFile implements TablespaceHeader {

    private final Path file;

    public WrappedKeyFile(Path path) {
        this.file = path.toAbsolutePath();
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
        return file.toString();
    }

    @Override
    public WrappedTablespaceKey wrappedKey() {
        try {
            return WrappedTablespaceKey.decode(Files.readAllBytes(file));
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    @Override
    public void replace(WrappedTablespaceKey wrapped) {
        try {
            WholeFile.inPlaceOf(file).replace(wrapped.encode());
        } catch (IOException e) {
            throw HsmException.argumentInvalid("cannot write " + file + ": " + e.getMessage())
                    .causedBy(e);
        }
    }
}
