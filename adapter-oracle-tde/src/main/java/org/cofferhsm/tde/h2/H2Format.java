package org.cofferhsm.tde.h2;

import java.nio.file.Path;
import java.util.Optional;
import org.cofferhsm.tde.TablespaceFormat;
import org.cofferhsm.tde.TablespaceHeader;

/** Encrypted databases of H2, for {@code coffer tde rekey}. */
public final class H2Format implements TablespaceFormat {

    /** For {@link java.util.ServiceLoader}. */
    public H2Format() {}

    @Override
    public Optional<TablespaceHeader> headerOf(Path file) {
        return file.toString().endsWith(H2Tablespace.SUFFIX) ? Optional.of(H2Tablespace.at(file)) : Optional.empty();
    }
}
