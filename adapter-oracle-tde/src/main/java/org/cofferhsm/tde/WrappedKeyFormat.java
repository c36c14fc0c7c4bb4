package org.cofferhsm.tde;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.cofferhsm.hsm.error.HsmException;

/** Files that hold a wrapped tablespace key and nothing else. */
public final class WrappedKeyFormat implements TablespaceFormat {

    /** For {@link java.util.ServiceLoader}. */
    public WrappedKeyFormat() {}

    @Override
    public Optional<TablespaceHeader> headerOf(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return WrappedTablespaceKey.isBegunBy(in.readNBytes(WrappedTablespaceKey.MAGIC_BYTES))
                    ? Optional.of(new WrappedKeyFile(file))
                    : Optional.empty();
        } catch (IOException e) {
            throw HsmException.argumentInvalid("cannot read " + file + ": " + e.getMessage())
                    .causedBy(e);
        }
    }
}
