package org.cofferhsm.hsm.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** {@code coffer serve} in a process of its own. */
final class ServeProcess implements AutoCloseable {

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread reader;

    private ServeProcess(Process process) {
        this.process = process;
        this.reader = new Thread(this::read, "serve-output");
        reader.setDaemon(true);
        reader.start();
    }

    static ServeProcess start(Path home, Map<String, String> environment, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "serve",
                "--home",
                home.toString()));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("NOTIFY_SOCKET");
        builder.environment().putAll(environment);
        return new ServeProcess(builder.start());
    }

    private void read() {
        try (BufferedReader out = process.inputReader()) {
            out.lines().forEach(lines::add);
        } catch (IOException e) {
            lines.add("cannot be read: " + e);
        }
    }

    /** Waits until it serves. */
    ServeProcess ready() throws InterruptedException {
        while (lines.stream().noneMatch(line -> line.contains(" serves the module in "))) {
            if (!process.isAlive()) {
                throw new AssertionError("it does not serve: " + output());
            }
            Thread.sleep(10);
        }
        return this;
    }

    long pid() {
        return process.pid();
    }

    List<String> output() {
        return List.copyOf(lines);
    }

    /** Sends SIGTERM, as systemd and kill do; gives the exit status. */
    int terminate() throws InterruptedException {
        process.toHandle().destroy();
        return awaitEnd();
    }

    /** Sends SIGKILL. */
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        awaitEnd();
    }

    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("it does not end: " + output());
        }
        reader.join();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
