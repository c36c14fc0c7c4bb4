package org.cofferhsm.hsm.testing;

import static org.assertj.core.api.Assertions.fail;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.cofferhsm.hsm.spi.OutsideProgram;
import org.junit.jupiter.api.Assumptions;

/** Programs that nobody here wrote, for tests that let them check our work. */
public final class Interop {

    /** Where servers are, and ordinary users' paths do not lead. */
    private static final List<String> SERVERS = List.of("/usr/local/sbin", "/usr/sbin", "/sbin");

    private Interop() {}

    /**
     * Where a program is. Without it the test is skipped on a developer's machine, and fails under {@code
     * -Dinterop.required=true}.
     */
    public static Path program(String name) {
        return onPath(name).orElseGet(() -> missing("the program '" + name + "'"));
    }

    /** The same for a file that a program loads, such as an engine of OpenSSL's. */
    public static Path file(Path path) {
        return Files.isReadable(path) ? path : missing(path.toString());
    }

    /** An engine of OpenSSL's, which {@code openssl version -e} tells the place of. */
    public static Path opensslEngine(String name) {
        String answer = new OutsideProgram(List.of(program("openssl").toString()), Map.of())
                .run("version", "-e")
                .orComplain("openssl version")
                .text();
        return file(Path.of(answer.split("\"")[1], name + ".so"));
    }

    private static Path missing(String what) {
        if (Boolean.getBoolean("interop.required")) {
            fail("%s is missing, and -Dinterop.required=true asks for it", what);
        }
        return Assumptions.abort(what + " is not installed");
    }

    private static Optional<Path> onPath(String name) {
        return Stream.concat(
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)),
                        SERVERS.stream())
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
