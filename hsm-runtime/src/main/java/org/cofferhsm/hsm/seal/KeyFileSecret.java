package org.cofferhsm.hsm.seal;

import java.nio.file.Path;

/** A file of 32 random bytes that only its owner may read. */
public record KeyFileSecret(Path path) implements SealSecret {

    @Override
    public SealKind kind() {
        return SealKind.KEY_FILE;
    }
}
