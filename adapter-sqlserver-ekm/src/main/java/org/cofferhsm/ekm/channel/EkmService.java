package org.cofferhsm.ekm.channel;

import java.util.function.Consumer;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.spi.ChannelService;
import org.cofferhsm.hsm.spi.Client;
import org.cofferhsm.hsm.spi.ClientCalls;

/** The service {@code ekm} of the channel: the module's keys for the provider that SQL Server loads. */
public final class EkmService implements ChannelService {

    @Override
    public String name() {
        return "ekm";
    }

    @Override
    public ClientCalls connect(Hsm hsm, Client client, Consumer<String> log) {
        return new EkmCalls(hsm, client, log);
    }
}
