package org.cofferhsm.hsm.interop;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.cofferhsm.hsm.cli.Main;

/** {@code coffer serve} on a module, as a process of its own that can be stopped, killed and started again. */
final class CofferService implements AutoCloseable {
    private final Path home;
    private final Path socket;
    private final Path log;
    private Daemon daemon;

    private CofferService(Path home, Path socket, Path log) {
        this.home = home;
        this.socket = socket;
        this.log = log;
    }

    static CofferService start(Path home, Path socket, Path log) throws Exception {
        CofferService service = new CofferService(home, socket, log);
        service.start();
        return service;
    }

    void start() throws Exception {
        int before = daemon == null ? 0 : daemon.said().length();
        daemon = Daemon.start(log, Map.of(), command());
        Await.that("coffer serve is ready", () -> {
            Assertions.assertThat(daemon.process().isAlive()).as(daemon.said()).isTrue();
            return daemon.said().substring(before).contains("serves the module in");
        });
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                "--enable-native-access=ALL-UNNAMED",
                Main.class.getName(),
                "serve",
                "--home",
                home.toString(),
                "--socket",
                socket.toString()));
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("--allow-user", "nobody")); // what servers started by root become
        }
        return command;
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        daemon.process().destroyForcibly();
        Assertions.assertThat(daemon.process().waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    void signal(String name) {
        daemon.signal(name);
    }

    String said() {
        return daemon.said();
    }

    @Override
    public void close() {
        daemon.close();
    }
}
