package org.cofferhsm.hsm.session.remote;

import java.util.function.Consumer;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.spi.ChannelService;
import org.cofferhsm.hsm.spi.Client;
import org.cofferhsm.hsm.spi.ClientCalls;
import org.cofferhsm.hsm.spi.KeptMemory;

/** The service {@code session} of the channel: {@code Session} call by call, for Coffer's own Java programs. */
public final class SessionService implements ChannelService {

    static final String NAME = "session";

    private final KeptMemory memory;

    /** As much memory for its clients as the heap can bear. */
    public SessionService() {
        this(KeptMemory.ofThisProcess());
    }

    SessionService(KeptMemory memory) {
        this.memory = memory;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ClientCalls connect(Hsm hsm, Client client, Consumer<String> log) {
        return new SessionCalls(hsm, client, memory.share());
    }
}
