package org.cofferhsm.tde.mariadb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.cofferhsm.hsm.spi.OutsideProgram;
import org.cofferhsm.hsm.testing.Interop;

/** Debian's MariaDB on a directory of its own, on a Unix socket alone, with our plugin, without which it may not start. */
final class MariadbServer implements AutoCloseable {

    private static final long LIMIT_SECONDS = 60;

    private final Path directory;
    private final List<String> settings;
    private final Path log;
    private Process process;

    private MariadbServer(Path directory, List<String> settings, Process process) {
        this.directory = directory;
        this.settings = settings;
        this.log = directory.resolve("server.log");
        this.process = process;
    }

    static void install(Path directory) {
        new OutsideProgram(List.of(Interop.program("mariadb-install-db").toString()), Map.of())
                .run(
                        "--no-defaults",
                        "--auth-root-authentication-method=normal",
                        "--skip-test-db",
                        "--user=" + System.getProperty("user.name"),
                        "--datadir=" + data(directory))
                .orComplain("mariadb-install-db");
    }

    static Path data(Path directory) {
        return directory.resolve("data");
    }

    /** Starts and waits until it answers. */
    static MariadbServer start(Path directory, List<String> settings) throws Exception {
        MariadbServer server = new MariadbServer(directory, settings, launch(directory, settings));
        server.await(server::answers);
        assertThat(server.process.isAlive()).as(server.said()).isTrue();
        return server;
    }

    /** Tries to start it, which must not succeed; gives what it said. */
    static String refuse(Path directory, List<String> settings) throws Exception {
        try (MariadbServer server = new MariadbServer(directory, settings, launch(directory, settings))) {
            server.await(() -> !server.process.isAlive());
            assertThat(server.process.exitValue()).isNotZero();
            return server.said();
        }
    }

    private static Process launch(Path directory, List<String> settings) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Interop.program("mariadbd").toString(),
                "--no-defaults",
                "--user=" + System.getProperty("user.name"),
                "--datadir=" + data(directory),
                "--socket=" + directory.resolve("m.sock"),
                "--pid-file=" + directory.resolve("m.pid"),
                "--skip-networking",
                "--innodb-buffer-pool-size=32M",
                "--innodb-log-file-size=16M",
                "--tmpdir=" + Files.createDirectories(directory.resolve("tmp"))));
        command.addAll(settings);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(directory.resolve("server.log").toFile())
                .start();
    }

    /** What is to become true. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws Exception;
    }

    void await(Condition condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                fail("waited %d seconds; the server says: %s", LIMIT_SECONDS, said());
            }
            Thread.sleep(50);
        }
    }

    private boolean answers() {
        return !process.isAlive() || client("SELECT 1").status() == 0;
    }

    private OutsideProgram.Finished client(String statement) {
        return new OutsideProgram(List.of(Interop.program("mariadb").toString()), Map.of())
                .run(
                        "--no-defaults",
                        "--user=root",
                        "--socket=" + directory.resolve("m.sock"),
                        "--batch",
                        "--skip-column-names",
                        "--execute=" + statement);
    }

    /** What a statement gives, columns separated by tabs. */
    String query(String statement) {
        OutsideProgram.Finished finished = client(statement);
        finished.orComplain(statement);
        return finished.text().strip();
    }

    String said() throws IOException {
        return Files.readString(log);
    }

    /** In order. */
    void stop() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    MariadbServer startAgain() throws Exception {
        return start(directory, settings);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
    }
}
