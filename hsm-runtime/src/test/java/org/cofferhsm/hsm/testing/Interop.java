package org.cofferhsm.hsm.testing;

import static org.assertj.core.api.Assertions.fail;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Programs that nobody here wrote, for tests that let them check our work. */
public final class Interop {

    private Interop() {}

    /**
     * Where a program is. Without it the test is skipped on a developer's machine, and fails under {@code
     * -Dinterop.required=true}.
     */
    public static Path program(String name) {
        return onPath(name).orElseGet(() -> {
            if (Boolean.getBoolean("interop.required")) {
                fail("the program '%s' is missing, and -Dinterop.required=true asks for it", name);
            }
            return Assumptions.abort("the program '" + name + "' is not installed");
        });
    }

    private static Optional<Path> onPath(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
