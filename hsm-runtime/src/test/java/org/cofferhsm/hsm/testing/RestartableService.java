package org.cofferhsm.hsm.testing;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.HsmConfig;
import org.cofferhsm.hsm.KeyFile;
import org.cofferhsm.hsm.channel.LocalService;
import org.cofferhsm.hsm.channel.ServiceOptions;
import org.cofferhsm.hsm.spi.ChannelService;

/** A service in this process for a module that is there, by a clock of the test's own. */
public final class RestartableService implements AutoCloseable {

    private final HsmConfig config;
    private final ServiceOptions options;
    private final ChannelService service;
    private Hsm hsm;
    private LocalService running;

    /** Starts it on this socket. */
    public RestartableService(Path home, Clock clock, Path socket, ChannelService service) {
        this.config = HsmConfig.at(home).withClock(clock);
        this.options = ServiceOptions.at(socket);
        this.service = service;
        start();
    }

    private void start() {
        hsm = Hsm.open(config, KeyFile.in(config.home()));
        running = LocalService.start(hsm, options, List.of(service), line -> {});
    }

    /** Forgets all logins. */
    public void restart() {
        close();
        start();
    }

    @Override
    public void close() {
        running.close();
        hsm.close();
    }
}
