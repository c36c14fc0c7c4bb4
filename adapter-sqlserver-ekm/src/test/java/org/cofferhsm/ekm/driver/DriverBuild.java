package org.cofferhsm.ekm.driver;

import java.nio.file.Path;
import java.util.Map;
import org.cofferhsm.hsm.testing.ProgramRun;

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
        return ProgramRun.with(environment, program, arguments).succeeds().output();
    }
}
