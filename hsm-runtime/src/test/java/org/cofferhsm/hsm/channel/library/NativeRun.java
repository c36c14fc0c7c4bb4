package org.cofferhsm.hsm.channel.library;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One run of a script or a program on the native code.
 *
 * @param command the program and its arguments, for messages
 * @param output what it wrote to both streams
 */
record NativeRun(List<String> command, int exitCode, String output) {
    static final Path BUILD = Path.of("src", "main", "native", "build").toAbsolutePath();
    static final Path CHECK = Path.of("src", "test", "native", "check").toAbsolutePath();
    static final Path FUZZ = Path.of("src", "test", "native", "fuzz", "run").toAbsolutePath();

    /** Compiled here, and kept for the next time. */
    static final Path WORK = Path.of("target", "native-test").toAbsolutePath();

    static NativeRun of(Object program, Object... arguments) throws IOException, InterruptedException {
        return with(Map.of(), program, arguments);
    }

    static NativeRun with(Map<String, String> environment, Object program, Object... arguments)
            throws IOException, InterruptedException {
        List<String> command = Stream.concat(Stream.of(program), Arrays.stream(arguments))
                .map(Object::toString)
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new NativeRun(command, process.exitValue(), output);
    }

    NativeRun succeeds() {
        assertThat(exitCode).as("%s%n%s", command, output).isZero();
        return this;
    }
}
