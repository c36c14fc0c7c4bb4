package org.cofferhsm.hsm.pkcs11.calls;

import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.pkcs11.wire.Operation;
import org.cofferhsm.hsm.spi.Client;
import org.cofferhsm.hsm.spi.KeptMemory;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;

/** All of Cryptoki for one application. */
public final class Cryptoki implements AutoCloseable {

    private final SessionCalls sessions;
    private final CallTable calls = new CallTable();

    /** @param memory what the application may have the service keep between two calls */
    public Cryptoki(Hsm hsm, Client client, KeptMemory.Share memory) {
        Application application = Application.of(hsm, client);
        sessions = new SessionCalls(application);
        sessions.addTo(calls);
        new TokenCalls(application).addTo(calls);
        new ObjectCalls(application).addTo(calls);
        new KeyCalls(application).addTo(calls);
        new CipherCalls(application).addTo(calls);
        new SigningCalls(application).addTo(calls);
        new DigestCalls(application).addTo(calls);
        new PartCalls(application, memory).addTo(calls);
        new MessageCalls(application).addTo(calls);
    }

    /** Answers one request; what it refuses is an exception, and then {@code reply} is as it was. */
    public void answer(Operation operation, MessageReader request, MessageWriter reply) {
        calls.of(operation).answer(request, reply);
    }

    /** Logs out when the module has ended the login by itself. */
    public void checkLogin() {
        sessions.endLostLogin();
    }

    /** Ends the login and all sessions. */
    @Override
    public void close() {
        sessions.closeAll();
    }
}
