package org.cofferhsm.hsm.interop;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.cofferhsm.hsm.spi.OutsideProgram;

/**
 * A program that goes on running beside the test. It and its children end with the test; what it said stays.
 *
 * @param log what it writes to both streams
 */
record Daemon(Process process, Path log) implements AutoCloseable {

    static Daemon start(Path log, Map<String, String> environment, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        return new Daemon(builder.start(), log);
    }

    /** Waits until it takes connections. */
    Daemon listeningOn(int port) throws Exception {
        Await.that(process.info().command() + " listens on " + port, () -> {
            Assertions.assertThat(process.isAlive()).as(said()).isTrue();
            return accepts(port);
        });
        return this;
    }

    static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Its direct children: a server's workers. */
    List<ProcessHandle> children() {
        return process.children().filter(ProcessHandle::isAlive).toList();
    }

    void signal(String name) {
        signal(name, process.pid());
    }

    static void signal(String name, long pid) {
        new OutsideProgram(List.of("kill"), Map.of())
                .run("-s", name, Long.toString(pid))
                .orComplain("kill");
    }

    String said() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        List<ProcessHandle> all = process.descendants().toList();
        process.destroy();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
    }
}
