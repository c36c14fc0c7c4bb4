package org.cofferhsm.hsm.spi;

import java.util.function.Consumer;
import org.cofferhsm.hsm.Hsm;

/**
 * What answers one kind of client on the channel ({@code docs/channel.md}), such as the PKCS#11 module. Adapters bring
 * theirs by {@link java.util.ServiceLoader}.
 */
public interface ChannelService {

    /** The name that clients ask for in their greeting, such as {@code ekm}. */
    String name();

    /**
     * Takes a client that is new: its first connection has been greeted.
     *
     * @param log takes lines for the operator, such as the causes of refusals; never a secret
     */
    ClientCalls connect(Hsm hsm, Client client, Consumer<String> log);
}
