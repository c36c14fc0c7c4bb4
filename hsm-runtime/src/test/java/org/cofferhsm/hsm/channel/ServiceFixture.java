package org.cofferhsm.hsm.channel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.cofferhsm.hsm.ModuleFixture;

/** A real module, served on a real socket beside it. */
final class ServiceFixture implements AutoCloseable {

    final ModuleFixture module;
    final EchoService echo = new EchoService();
    final LogLines log = new LogLines();
    private final Path socket;
    private LocalService service;

    private ServiceFixture(Path home, Limits limits) {
        this.module = ModuleFixture.in(home);
        this.socket = home.resolve("coffer.sock");
        this.service = start(limits);
    }

    static ServiceFixture in(Path home) {
        return new ServiceFixture(home, Limits.USUAL);
    }

    static ServiceFixture in(Path home, Limits limits) {
        return new ServiceFixture(home, limits);
    }

    private LocalService start(Limits limits) {
        return LocalService.start(module.hsm(), ServiceOptions.at(socket).withLimits(limits), List.of(echo), log);
    }

    Path socket() {
        return socket;
    }

    Knock greeted(ClientNumber number) throws IOException {
        return Knock.greeted(socket, "echo", number);
    }

    LocalService service() {
        return service;
    }

    /** As after a restart: nobody is known any more. */
    void restart() {
        service.close();
        service = start(Limits.USUAL);
    }

    @Override
    public void close() {
        service.close();
        module.close();
    }
}
