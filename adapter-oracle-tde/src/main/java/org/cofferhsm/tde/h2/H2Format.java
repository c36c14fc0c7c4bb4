package org.cofferhsm.tde.h2;

import java.nio.file.Path;
import org.cofferhsm.tde.TablespaceFormat;
import org.cofferhsm.tde.TablespaceHeader;

/** Encrypted databases of H2, for {@code coffer tde rekey}. */
public final class H2Format implements TablespaceFormat {

    /** For {@link java.util.ServiceLoader}. */
    public H2Format() {}

    /** Every name under which H2 opens a tablespace, those of compactions too. */
    @Override
    public boolean claims(Path file) {
        return TdeFilePath.isDatabase(file.toString());
    }

    @Override
    public TablespaceHeader headerOf(Path file) {
        return H2Tablespace.at(file);
    }
}
