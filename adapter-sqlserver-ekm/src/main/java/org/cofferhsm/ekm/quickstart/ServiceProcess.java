package org.cofferhsm.ekm.quickstart;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.cofferhsm.hsm.error.HsmException;

/** {@code coffer serve} on a module, as a process of its own. */
final class ServiceProcess implements AutoCloseable {

    private static final String READY = "serves the module in";
    private static final int SECONDS_TO_STOP = 20;

    private final Path home;
    private final Path socket;
    private final Map<String, String> environment;
    private final Process process;

    private ServiceProcess(Path home, Path socket, Map<String, String> environment) {
        this.home = home;
        this.socket = socket;
        this.environment = Map.copyOf(environment);
        this.process = launch();
    }

    /** Starts it, with these variables in its environment, and returns when it serves. */
    static ServiceProcess start(Path home, Path socket, Map<String, String> environment) {
        return new ServiceProcess(home, socket, environment);
    }

    /** Where it listens. */
    Path socket() {
        return socket;
    }

    private Process launch() {
        try {
            Files.deleteIfExists(socket);
            ProcessBuilder builder = new ProcessBuilder(command()).redirectErrorStream(true);
            builder.environment().putAll(environment);
            Process started = builder.start();
            started.getOutputStream().close();
            awaitReady(started);
            return started;
        } catch (IOException e) {
            throw HsmException.internal("coffer serve cannot be started: " + e.getMessage())
                    .causedBy(e);
        }
    }

    private List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "org.cofferhsm.hsm.cli.Main",
                "serve",
                "--home",
                home.toString(),
                "--socket",
                socket.toString());
    }

    /** What it says afterwards is read and dropped, so that it never waits for a reader. */
    private static void awaitReady(Process started) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        String line = lines.readLine();
        while (line != null && !line.contains(READY)) {
            said.append(line).append('\n');
            line = lines.readLine();
        }
        if (line == null) {
            throw HsmException.internal("coffer serve ended: " + said.toString().strip());
        }
        Thread reader = new Thread(() -> drain(started.getInputStream()), "coffer-serve-output");
        reader.setDaemon(true);
        reader.start();
    }

    private static void drain(InputStream output) {
        try (output) {
            output.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // it was killed, and nobody waits for what it says
        }
    }

    private static void await(Process ending) {
        try {
            if (!ending.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
                throw HsmException.internal("coffer serve does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        process.destroy();
        await(process);
    }
}
