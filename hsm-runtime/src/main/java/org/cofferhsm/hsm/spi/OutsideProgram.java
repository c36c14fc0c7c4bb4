package org.cofferhsm.hsm.spi;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.cofferhsm.hsm.error.HsmException;

/**
 * A program that nobody here wrote and that can check what an adapter did, such as {@code openssl}.
 *
 * <p>Secrets go to it by its standard input or its environment, never as arguments, which other users can list.
 *
 * @param command the program and the arguments that every call begins with
 * @param environment what is added to this process's environment
 */
public record OutsideProgram(List<String> command, Map<String, String> environment) {

    /** A thread each: a pool might start the feeder only after the readers, which wait for it, have ended. */
    private static final Executor THREADS = OutsideProgram::inThreadOfItsOwn;

    private static final Duration LIMIT = Duration.ofMinutes(1);

    public OutsideProgram {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** The program of that name on the path, when there is one. */
    public static Optional<OutsideProgram> find(String name) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Arrays.stream(path.split(File.pathSeparator))
                .filter(directory -> !directory.isBlank())
                .flatMap(directory -> Stream.of(name, name + ".exe").map(file -> Path.of(directory, file)))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst()
                .map(file -> new OutsideProgram(List.of(file.toString()), Map.of()));
    }

    /** The same program with more in its environment; a variable that is there already gets the new value. */
    public OutsideProgram with(Map<String, String> variables) {
        Map<String, String> more = new HashMap<>(environment);
        more.putAll(variables);
        return new OutsideProgram(command, more);
    }

    /** Runs it without input. */
    public Finished run(String... arguments) {
        return run(new byte[0], arguments);
    }

    /** Runs it with {@code input} as its standard input; complains when it has not ended after a minute. */
    public Finished run(byte[] input, String... arguments) {
        return run(LIMIT, input, arguments);
    }

    Finished run(Duration limit, byte[] input, String... arguments) {
        Process process = start(arguments);
        CompletableFuture<byte[]> output = read(process.getInputStream());
        CompletableFuture<byte[]> messages = read(process.getErrorStream());
        try {
            THREADS.execute(() -> feed(process, input));
            await(process, limit);
            return new Finished(process.exitValue(), output.join(), text(messages.join()));
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start(String... arguments) {
        List<String> line =
                Stream.concat(command.stream(), Arrays.stream(arguments)).toList();
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw HsmException.argumentInvalid(command.get(0) + " cannot be started: " + e.getMessage())
                    .causedBy(e);
        }
    }

    private static CompletableFuture<byte[]> read(InputStream stream) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (stream) {
                        return stream.readAllBytes();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                THREADS);
    }

    private static void inThreadOfItsOwn(Runnable work) {
        Thread thread = new Thread(work, "outside-program");
        thread.setDaemon(true);
        thread.start();
    }

    private static void feed(Process process, byte[] input) {
        try (OutputStream stream = process.getOutputStream()) {
            stream.write(input);
        } catch (IOException e) {
            // a program that does not read everything tells the outcome by its exit status, not by a broken pipe
        }
    }

    private void await(Process process, Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw HsmException.argumentInvalid(
                        command.get(0) + " has not ended after " + limit.toSeconds() + " seconds");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw HsmException.operationFinished("waiting for " + command.get(0) + " was interrupted")
                    .causedBy(e);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * How a run ended.
     *
     * @param status the exit status
     * @param output what it wrote to its standard output
     * @param messages what it wrote to its standard error
     */
    public record Finished(int status, byte[] output, String messages) {

        /** The standard output as text. */
        public String text() {
            return OutsideProgram.text(output);
        }

        /** The same when it succeeded; complains with its messages when it did not. */
        public Finished orComplain(String what) {
            if (status != 0) {
                throw HsmException.internal(
                        what + ": exit status " + status + ", " + messages.strip() + " " + text().strip());
            }
            return this;
        }
    }
}
