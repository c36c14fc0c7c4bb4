package org.cofferhsm.hsm.channel.library;

import java.nio.file.Path;

/** The scripts that build the native code and run its tests. */
final class NativeScripts {
    static final Path BUILD = Path.of("src", "main", "native", "build").toAbsolutePath();
    static final Path CHECK = Path.of("src", "test", "native", "check").toAbsolutePath();
    static final Path FUZZ = Path.of("src", "test", "native", "fuzz", "run").toAbsolutePath();

    /** Compiled here, and kept for the next time. */
    static final Path WORK = Path.of("target", "native-test").toAbsolutePath();

    private NativeScripts() {}
}
