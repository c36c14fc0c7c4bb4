package org.cofferhsm.tde.preflight;

import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.tde.preflight.process.OracleProcess;
import org.cofferhsm.tde.preflight.process.Voice;

/**
 * A process that plays one of Oracle's. The library that is checked is loaded there and not here, so that its crashing or
 * hanging is a finding. The PIN goes to it by its standard input; its environment is as empty as that of a database.
 */
final class Child implements AutoCloseable {

    private static final Set<String> KEPT = Set.of("PATH", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH");

    /** A JVM has to start before the first word, on a machine that may have other things to do. */
    private static final Duration START = Duration.ofMinutes(1);

    private final Process process;
    private final Duration limit;
    private Duration patience;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    private Child(Process process, Duration limit) {
        this.process = process;
        this.limit = limit;
        this.patience = limit.plus(START);
    }

    static Child start(Task task, byte[] pin, Duration limit) {
        ProcessBuilder builder = new ProcessBuilder(command()).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().retainAll(KEPT);
        try {
            Child child = new Child(builder.start(), limit);
            child.listen();
            child.instruct(task, pin);
            return child;
        } catch (IOException e) {
            throw HsmException.internal("a process for the preflight cannot be started: " + e.getMessage())
                    .causedBy(e);
        }
    }

    /**
     * Interpreted, with one thread for all: what forks must not wait for threads that the child does not have. A crash
     * is told by the exit status, without a report file.
     */
    private static List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xint",
                "-Xshare:auto",
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:GuaranteedSafepointInterval=0",
                "-XX:+SuppressFatalErrorMessage",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath(),
                OracleProcess.class.getName());
    }

    private static String classPath() {
        String modules =
                Optional.ofNullable(System.getProperty("jdk.module.path")).orElse("");
        return System.getProperty("java.class.path") + (modules.isEmpty() ? "" : File.pathSeparator + modules);
    }

    private void instruct(Task task, byte[] pin) {
        try {
            task.write(new DataOutputStream(process.getOutputStream()), pin);
        } catch (IOException e) {
            process.destroyForcibly(); // it ended before it read: its end is the event
        }
    }

    private void listen() {
        Thread reader = new Thread(this::read, "preflight-child");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().map(Child::event).flatMap(Optional::stream).forEach(events::add);
        } catch (IOException | UncheckedIOException e) {
            process.destroyForcibly();
        }
        events.add(new Event.Ended(process.onExit().join().exitValue()));
    }

    /** What a library prints is none. */
    private static Optional<Event> event(String line) {
        String[] words = line.split(" ", 4);
        if (words.length < 3 || !words[0].equals(Voice.MARK)) {
            return Optional.empty();
        }
        String text = words.length > 3 ? words[3] : "";
        return switch (words[1]) {
            case Voice.BEGIN -> Optional.of(new Event.Began(check(words[2])));
            case Voice.PASS -> Optional.of(new Event.Passed(check(words[2]), text));
            case Voice.FAIL -> Optional.of(new Event.Failed(check(words[2]), text));
            case Voice.PAUSE -> Optional.of(new Event.Paused());
            case Voice.SAW -> Optional.of(new Event.Saw(Witness.parse(text)));
            default -> Optional.empty();
        };
    }

    private static Check check(String id) {
        return Check.valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** The next thing that it says. */
    Event next() {
        try {
            Event event = events.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            patience = limit;
            return event == null ? new Event.Silent() : event;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw HsmException.operationFinished("the preflight was interrupted")
                    .causedBy(e);
        }
    }

    /** Lets it go on. */
    void resume() {
        try {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
        } catch (IOException e) {
            process.destroyForcibly();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
