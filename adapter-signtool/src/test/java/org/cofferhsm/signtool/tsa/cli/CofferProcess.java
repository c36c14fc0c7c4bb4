package org.cofferhsm.signtool.tsa.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.cofferhsm.hsm.cli.Main;

/** {@code coffer} in a process of its own, which ends with the test at the latest. */
final class CofferProcess implements AutoCloseable {
    private static final long PATIENCE = 90;

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Thread reader;

    CofferProcess(Map<String, String> environment, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        process = builder.start();
        reader = new Thread(this::read, "coffer-output");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader out = process.inputReader()) {
            out.lines().forEach(lines::add);
        } catch (IOException e) {
            lines.add("cannot be read: " + e);
        }
    }

    /** The next line that contains this. */
    String line(String part) throws InterruptedException {
        List<String> others = new ArrayList<>();
        String line = lines.poll(PATIENCE, TimeUnit.SECONDS);
        while (line != null && !line.contains(part)) {
            others.add(line);
            line = process.isAlive() ? lines.poll(PATIENCE, TimeUnit.SECONDS) : lines.poll();
        }
        if (line == null) {
            throw new AssertionError("no line contains \"" + part + "\": " + others);
        }
        return line;
    }

    /** Sends SIGTERM, as systemd and kill do; gives the exit status. */
    int terminate() throws InterruptedException {
        process.toHandle().destroy();
        return end();
    }

    /** Sends SIGKILL. */
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        end();
    }

    private int end() throws InterruptedException {
        if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
            throw new AssertionError("the process does not end");
        }
        reader.join();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
