package org.cofferhsm.hsm.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code coffer serve} on a module, as a process of its own, for an adapter's test: stopped, killed and started again. */
public final class ServedModule implements AutoCloseable {

    private static final Pattern PORT = Pattern.compile("127\\.0\\.0\\.1:([0-9]+)$");

    private final TestModule module;
    private final Door door;
    private int port;
    private CofferProcess process;

    private ServedModule(TestModule module, Door door) throws IOException, InterruptedException {
        this.module = module;
        this.door = door;
        this.process = launch();
    }

    /** Serves a module on a socket beside its directory. */
    public static ServedModule start(TestModule module) throws IOException, InterruptedException {
        return new ServedModule(module, Door.SOCKET);
    }

    /** Serves it on a free port of 127.0.0.1, too, for those who know the secret file. */
    public static ServedModule startOnTcp(TestModule module) throws IOException, InterruptedException {
        return new ServedModule(module, Door.BOTH);
    }

    /** Serves it on such a port and nowhere else, as on a system without Unix domain sockets. */
    public static ServedModule startOnTcpAlone(TestModule module) throws IOException, InterruptedException {
        return new ServedModule(module, Door.PORT);
    }

    private CofferProcess launch() throws IOException, InterruptedException {
        String socket = door == Door.PORT ? "none" : socket().toString();
        List<String> command =
                new ArrayList<>(List.of("serve", "--home", module.home().toString(), "--socket", socket));
        if (door != Door.SOCKET) {
            command.addAll(List.of("--tcp", "127.0.0.1:" + port, "--token-file", token().toString()));
        }
        CofferProcess started = CofferProcess.start(Map.of(), command);
        try {
            Matcher address = PORT.matcher(started.line("serves the module in"));
            port = address.find() ? Integer.parseInt(address.group(1)) : port;
            return started;
        } catch (AssertionError e) {
            started.close();
            throw e;
        }
    }

    private Path beside(String suffix) {
        return module.home().resolveSibling(module.home().getFileName() + suffix);
    }

    /** Where it listens. */
    public Path socket() {
        return beside("-served.sock");
    }

    /** The port that it listens on, the same after each start; 0 without one. */
    public int port() {
        return port;
    }

    /** The secret file. */
    public Path token() {
        return beside("-served.token");
    }

    /** What it wrote since its last start. */
    public String said() {
        return process.said();
    }

    /** Waits until it writes a line with this in it. */
    public String line(String part) throws InterruptedException {
        return process.line(part);
    }

    /** SIGKILL. */
    public void kill() throws InterruptedException {
        process.kill();
    }

    /** SIGSTOP: it is there, and answers nothing. */
    public void pause() throws IOException, InterruptedException {
        process.pause();
    }

    /** SIGCONT. */
    public void resume() throws IOException, InterruptedException {
        process.resume();
    }

    /** Starts it again. */
    public void restart() throws IOException, InterruptedException {
        kill();
        process = launch();
    }

    /** What it has used of the processors since its last start. */
    public Duration processorTime() {
        return process.processorTime();
    }

    public boolean isRunning() {
        return process.isAlive();
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
        process.close();
    }

    private enum Door {
        SOCKET,
        PORT,
        BOTH
    }
}
