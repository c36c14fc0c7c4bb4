package org.cofferhsm.ekm.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cofferhsm.hsm.cli.Main;
import org.cofferhsm.hsm.testing.TestModule;

/** A module that a process of its own serves on a port of 127.0.0.1: {@code coffer serve --tcp}. */
final class ServedModule implements AutoCloseable {

    static final String USER = "sqlserver";

    private static final Pattern SERVES = Pattern.compile("serves the module in .* and 127\\.0\\.0\\.1:([0-9]+)");
    private static final long PATIENCE_MILLIS = 120_000;

    private final Path directory;
    private final Path home;
    private Process process;
    private int port;

    private ServedModule(Path directory) throws Exception {
        this.directory = directory;
        this.home = directory.resolve("module");
        TestModule.create(home, USER);
        this.process = start();
        this.port = awaitPort();
    }

    static ServedModule in(Path directory) throws Exception {
        return new ServedModule(directory);
    }

    private Process start() throws IOException {
        Files.deleteIfExists(log());
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "serve",
                        "--home",
                        home.toString(),
                        "--tcp",
                        "127.0.0.1:" + port,
                        "--token-file",
                        token().toString()))
                .redirectErrorStream(true)
                .redirectOutput(log().toFile())
                .start();
    }

    private int awaitPort() throws Exception {
        long deadline = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (true) {
            Matcher found = SERVES.matcher(Files.readString(log()));
            if (found.find()) {
                return Integer.parseInt(found.group(1));
            }
            assertThat(process.isAlive() && System.currentTimeMillis() < deadline)
                    .as(Files.readString(log()))
                    .isTrue();
            Thread.sleep(20);
        }
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    /** On the same port as before. */
    void restart() throws Exception {
        process = start();
        port = awaitPort();
    }

    boolean isRunning() {
        return process.isAlive();
    }

    Path token() {
        return directory.resolve("coffer.token");
    }

    private Path log() {
        return directory.resolve("service.log");
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
