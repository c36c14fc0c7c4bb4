package org.cofferhsm.hsm;

import java.nio.file.Path;

/**
 * Where a module lives and how it is run.
 *
 * @param home the module's directory
 * @param syncEveryUse whether the audit record of a use is on disk before its result is released; else within a second
 */
public record HsmConfig(Path home, boolean syncEveryUse) {

    /** The module in this directory, with the usual settings. */
    public static HsmConfig at(Path home) {
        return new HsmConfig(home.toAbsolutePath().normalize(), false);
    }

    public HsmConfig syncingEveryUse() {
        return new HsmConfig(home, true);
    }
}
