package org.cofferhsm.hsm.pkcs11;

import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.spi.ChannelService;
import org.cofferhsm.hsm.spi.Client;
import org.cofferhsm.hsm.spi.ClientCalls;

/** The service {@code pkcs11} of the channel: the module's keys for programs that load {@code libcoffer-pkcs11.so}. */
public final class Pkcs11Service implements ChannelService {

    @Override
    public String name() {
        return "pkcs11";
    }

    @Override
    public ClientCalls connect(Hsm hsm, Client client) {
        return new Pkcs11Calls(hsm, client);
    }
}
