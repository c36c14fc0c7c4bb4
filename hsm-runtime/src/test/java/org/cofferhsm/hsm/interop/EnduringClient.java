package org.cofferhsm.hsm.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;

/**
 * A client process that signs and makes keys until it is stopped, whatever happens to the service.
 *
 * @param output what it tells: see {@code endure.c}
 */
record EnduringClient(Process process, Path output, int threads) {
    private static final Pattern SLOWEST = Pattern.compile("worker \\d+ signed (\\d+) slowest (\\d+) (up|down)");

    static EnduringClient start(Client client, Path output, int threads) throws Exception {
        Process process = client.start(output, "endure", Integer.toString(threads));
        EnduringClient started = new EnduringClient(process, output, threads);
        Await.that(output + " says that it is ready", () -> {
            Assertions.assertThat(process.isAlive())
                    .as(String.join("\n", started.lines()))
                    .isTrue();
            return started.lines().contains("ready");
        });
        return started;
    }

    List<String> lines() {
        try {
            return Files.readAllLines(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Stream<String> after(String word) {
        return lines().stream().filter(line -> line.startsWith(word + " "));
    }

    /** Whether each of its threads works, after so many failures each. */
    boolean isUpAgain(int failures) {
        return after("up").count() >= (long) failures * threads
                && after("up").count() == after("down").count();
    }

    /** Whether each of its threads has noticed. */
    boolean isDown(int failures) {
        return after("down").count() >= (long) failures * threads;
    }

    /** What calls answered when the service was gone. */
    List<String> failures() {
        return after("down").map(line -> line.split(" ", 3)[2]).toList();
    }

    /** The labels of the keys whose making was acknowledged. */
    List<String> made() {
        return after("made").map(line -> line.substring("made ".length())).toList();
    }

    /** Ends it; gives its longest call in milliseconds. */
    long finish() throws Exception {
        process.getOutputStream().close();
        Assertions.assertThat(process.waitFor(30, TimeUnit.SECONDS))
                .as("a client hangs: " + output)
                .isTrue();
        List<Matcher> workers =
                lines().stream().map(SLOWEST::matcher).filter(Matcher::matches).toList();
        Assertions.assertThat(workers)
                .as(String.join("\n", lines()))
                .hasSize(threads)
                .allSatisfy(worker -> {
                    Assertions.assertThat(Long.parseLong(worker.group(1))).isPositive();
                    Assertions.assertThat(worker.group(3)).isEqualTo("up");
                });
        return workers.stream()
                .mapToLong(worker -> Long.parseLong(worker.group(2)))
                .max()
                .orElseThrow();
    }
}
