package org.cofferhsm.hsm.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.cofferhsm.hsm.cli.Main;

/** {@code coffer} in a process of its own, which ends with the test at the latest. */
public final class CofferProcess implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 90;

    private final Process process;
    private final Thread reader;
    private final List<String> lines = new ArrayList<>();
    private int read;
    private boolean ended;

    private CofferProcess(Process process) {
        this.process = process;
        this.reader = new Thread(this::read, "coffer-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts it, with these variables in its environment. */
    public static CofferProcess start(Map<String, String> environment, List<String> arguments) throws IOException {
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
        Process process = builder.start();
        process.getOutputStream().close();
        return new CofferProcess(process);
    }

    private void read() {
        try (BufferedReader out = process.inputReader()) {
            out.lines().forEach(this::heard);
        } catch (IOException e) {
            heard("cannot be read: " + e);
        } finally {
            end();
        }
    }

    private synchronized void heard(String line) {
        lines.add(line);
        notifyAll();
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** The next line that contains this; waits for it. */
    public synchronized String line(String part) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            while (read < lines.size()) {
                String line = lines.get(read++);
                if (line.contains(part)) {
                    return line;
                }
            }
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (ended || left <= 0) {
                throw new AssertionError("no line contains \"" + part + "\": " + lines);
            }
            wait(left);
        }
    }

    /** All that it wrote. */
    public synchronized String said() {
        return String.join("\n", lines);
    }

    /** Whether it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** What it has used of the processors: by that a test sees that it works at something. */
    public Duration processorTime() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** Sends SIGSTOP, and waits until it has stopped: it is there, and answers nothing. */
    public void pause() throws IOException, InterruptedException {
        signal("STOP");
        Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
        while (!Files.readString(status).contains("State:\tT")) {
            Thread.sleep(1);
        }
    }

    /** Sends SIGCONT. */
    public void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
        if (kill.waitFor() != 0) {
            throw new AssertionError("kill -" + name + " failed");
        }
    }

    /** Sends SIGTERM, as systemd and kill do; gives the exit status. */
    public int terminate() throws InterruptedException {
        process.toHandle().destroy();
        return awaitEnd();
    }

    /** Sends SIGKILL. */
    public void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        awaitEnd();
    }

    private int awaitEnd() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the process does not end");
        }
        reader.join();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }
}
