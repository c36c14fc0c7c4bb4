package org.cofferhsm.hsm.session.remote;

import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.spi.ChannelService;
import org.cofferhsm.hsm.spi.Client;
import org.cofferhsm.hsm.spi.ClientCalls;

/** The service {@code session} of the channel: {@code Session} call by call, for Coffer's own Java programs. */
public final class SessionService implements ChannelService {

    static final String NAME = "session";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ClientCalls connect(Hsm hsm, Client client) {
        return new SessionCalls(hsm, client);
    }
}
