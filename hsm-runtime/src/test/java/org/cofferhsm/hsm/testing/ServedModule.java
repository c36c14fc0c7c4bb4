package org.cofferhsm.hsm.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.cofferhsm.hsm.cli.Main;

/** {@code coffer serve} on a module, as a process of its own, for an adapter's test: stopped, killed and started again. */
public final class ServedModule implements AutoCloseable {

    private static final long LIMIT_SECONDS = 60;

    private final TestModule module;
    private final Path socket;
    private final Path log;
    private Process process;

    private ServedModule(TestModule module, Path socket, Path log) throws IOException, InterruptedException {
        this.module = module;
        this.socket = socket;
        this.log = log;
        this.process = launch();
    }

    /** Serves a module whose directory has room for a socket beside it. */
    public static ServedModule start(TestModule module) throws IOException, InterruptedException {
        Path beside = module.home().resolveSibling(module.home().getFileName() + "-served");
        return new ServedModule(module, beside.resolveSibling(beside.getFileName() + ".sock"), beside);
    }

    private Process launch() throws IOException, InterruptedException {
        Files.deleteIfExists(log);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "serve",
                "--home",
                module.home().toString(),
                "--socket",
                socket.toString()));
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(log.toFile())
                .start();
        awaitReady(started);
        return started;
    }

    private void awaitReady(Process started) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!said().contains("serves the module in")) {
            assertThat(started.isAlive()).as(said()).isTrue();
            if (System.nanoTime() > end) {
                fail("coffer serve is not ready after %d seconds: %s", LIMIT_SECONDS, said());
            }
            Thread.sleep(20);
        }
    }

    /** Where it listens. */
    public Path socket() {
        return socket;
    }

    /** What it wrote since its last start. */
    public String said() throws IOException {
        return Files.exists(log) ? Files.readString(log) : "";
    }

    /** SIGKILL. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    /** Starts it again. */
    public void restart() throws IOException, InterruptedException {
        kill();
        process = launch();
    }

    /** The library for outside programs as this build made it; the test is skipped where there is none. */
    public static Path library() {
        String machine = System.getProperty("os.arch");
        String file = "target/native/linux-" + (machine.equals("amd64") ? "x86_64" : machine) + "/libcoffer-pkcs11.so";
        return Stream.of(Path.of(file), Path.of("..", "hsm-runtime", file))
                .map(Path::toAbsolutePath)
                .map(Path::normalize)
                .filter(Files::isReadable)
                .findFirst()
                .orElseGet(() -> Interop.file(Path.of(file)));
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
    }
}
