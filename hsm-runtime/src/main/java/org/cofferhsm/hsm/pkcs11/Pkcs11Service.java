package org.cofferhsm.hsm.pkcs11;

import java.util.function.Consumer;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.pkcs11.calls.Cryptoki;
import org.cofferhsm.hsm.spi.ChannelService;
import org.cofferhsm.hsm.spi.Client;
import org.cofferhsm.hsm.spi.ClientCalls;
import org.cofferhsm.hsm.spi.KeptMemory;

/** The service {@code pkcs11} of the channel: the module's keys for programs that load {@code libcoffer-pkcs11.so}. */
public final class Pkcs11Service implements ChannelService {

    private final KeptMemory memory = KeptMemory.ofThisProcess();

    @Override
    public String name() {
        return "pkcs11";
    }

    @Override
    public ClientCalls connect(Hsm hsm, Client client, Consumer<String> log) {
        return new Pkcs11Calls(new Cryptoki(hsm, client, memory.share()), new RefusalLog(client, log));
    }
}
