package org.cofferhsm.hsm.jce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One run of keytool or jarsigner, unmodified, as a process of its own.
 *
 * @param command the tool and its arguments, for messages
 * @param output what it wrote to both streams
 */
record ToolRun(List<String> command, int exitCode, String output) {

    /** Where the runtime is for a tool that uses a module through the service, as a user would write it. */
    static final List<String> CLASS_PATH_ALONE = List.of("-J-cp", "-J" + runtimePath());

    /** The same for a tool that opens the module itself. */
    static final List<String> CLASS_PATH = List.of("-J-cp", "-J" + runtimePath(), "-J--add-modules=java.sql");

    /** The same as modules, which bring the JDK's modules that they need. */
    static final List<String> MODULE_PATH = List.of("-J-p", "-J" + runtimePath());

    private static final List<String> FAST_START = List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC");

    private static String runtimePath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(ToolRun::isOfRuntime)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** The tests' class path holds much that would not be there. */
    private static boolean isOfRuntime(String entry) {
        String name = Path.of(entry).getFileName().toString();
        return Files.exists(Path.of(entry, "org/cofferhsm/hsm/jce/CofferProvider.class"))
                || Stream.of("bcprov-", "h2-", "jna-", "AmazonCorrettoCryptoProvider-")
                        .anyMatch(name::startsWith);
    }

    static ToolRun of(Path home, Path tool, List<String> where, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(tool.toString()));
        command.addAll(List.of(arguments));
        command.addAll(where);
        command.addAll(FAST_START);
        command.add("-J-Duser.language=en");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("COFFER_HOME", home.toString());
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return new ToolRun(command, process.exitValue(), output);
    }

    ToolRun succeeds() {
        assertThat(exitCode).as("%s%n%s", command, output).isZero();
        return this;
    }

    ToolRun fails() {
        assertThat(exitCode).as("%s%n%s", command, output).isNotZero();
        return this;
    }
}
