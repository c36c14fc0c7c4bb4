package org.cofferhsm.hsm;

import java.nio.file.Path;

/**
 * A file of 32 random bytes that only its owner may read (mode 0600): the default of an embedded module. Made by
 * {@link Hsm#initialize} when it is not there.
 */
public record KeyFile(Path path) implements Seal {

    /** The key file at this path. */
    public static KeyFile at(Path path) {
        return new KeyFile(path);
    }

    /** The key file in its usual place: {@code module.key} in the module's directory. */
    public static KeyFile in(Path home) {
        return new KeyFile(home.resolve("module.key"));
    }
}
