package org.cofferhsm.hsm.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One run of a program or a script, from its start to its end.
 *
 * @param command the program and its arguments, for messages
 * @param output what it wrote to both streams
 */
public record ProgramRun(List<String> command, int exitCode, String output) {

    /** Runs it with nothing to read. */
    public static ProgramRun of(Object program, Object... arguments) throws IOException, InterruptedException {
        return with(Map.of(), program, arguments);
    }

    /** The same with more in its environment. */
    public static ProgramRun with(Map<String, String> environment, Object program, Object... arguments)
            throws IOException, InterruptedException {
        List<String> command = Stream.concat(Stream.of(program), Arrays.stream(arguments))
                .map(Object::toString)
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES))
                .as("%s closed its output and did not end%n%s", command, output)
                .isTrue();
        return new ProgramRun(command, process.exitValue(), output);
    }

    /** Fails when its status is not 0. */
    public ProgramRun succeeds() {
        assertThat(exitCode).as("%s%n%s", command, output).isZero();
        return this;
    }
}
