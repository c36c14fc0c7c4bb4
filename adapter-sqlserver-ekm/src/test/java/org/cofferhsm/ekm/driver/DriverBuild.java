package org.cofferhsm.ekm.driver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The scripts that build what is driven, and outside programs that look at it. */
final class DriverBuild {

    static final Path WORK = Path.of("target", "native-driver").toAbsolutePath();
    static final Path DRIVER =
            Path.of("src", "test", "native", "driver", "build").toAbsolutePath();
    static final Path DLL = Path.of("src", "main", "native", "windows", "build").toAbsolutePath();
    static final Path LIBRARY =
            Path.of("..", "hsm-runtime", "src", "main", "native", "build").toAbsolutePath();
    static final Path FACE = Path.of("src", "main", "native", "ekm").toAbsolutePath();

    private DriverBuild() {}

    /** Runs a program, which must succeed; what it said. */
    static String run(Object program, Object... arguments) throws Exception {
        return run(Map.of(), program, arguments);
    }

    static String run(Map<String, String> environment, Object program, Object... arguments) throws Exception {
        List<String> command = Stream.concat(Stream.of(program), Arrays.stream(arguments))
                .map(Object::toString)
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as("%s%n%s", command, said).isZero();
        return said;
    }
}
