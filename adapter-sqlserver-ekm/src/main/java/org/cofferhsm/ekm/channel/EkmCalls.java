package org.cofferhsm.ekm.channel;

import java.util.Optional;
import java.util.function.Consumer;
import org.cofferhsm.ekm.CofferSqlCrypt;
import org.cofferhsm.ekm.EkmException;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.spi.Client;
import org.cofferhsm.hsm.spi.ClientCalls;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;

/** One SQL Server's calls: where every refusal becomes one of EKM's statuses, and a line in the log. */
final class EkmCalls implements ClientCalls {

    private final OpenSessions sessions;
    private final SessionCalls sessionCalls;
    private final KeyCalls keyCalls;
    private final CipherCalls cipherCalls;
    private final RefusalLog log;

    EkmCalls(Hsm hsm, Client client, Consumer<String> lines) {
        CofferSqlCrypt provider = new CofferSqlCrypt(hsm);
        log = new RefusalLog(client, lines);
        sessions = new OpenSessions(provider);
        sessionCalls = new SessionCalls(provider, sessions, client, log);
        keyCalls = new KeyCalls(provider, sessions);
        cipherCalls = new CipherCalls(provider, sessions);
    }

    @Override
    public int call(int number, MessageReader request, MessageWriter reply) {
        Optional<Operation> operation = Operation.of(number);
        if (operation.isEmpty()) {
            return UNKNOWN_OPERATION;
        }
        try {
            answer(operation.get(), request, reply);
            return DONE;
        } catch (EkmException refusal) {
            log.refused(operation.get(), refusal);
            reply.clear();
            reply.text(String.valueOf(refusal.getMessage()));
            return refusal.status().code();
        }
    }

    private void answer(Operation operation, MessageReader request, MessageWriter reply) {
        switch (operation) {
            case OPEN_SESSION -> sessionCalls.open(request, reply);
            case CLOSE_SESSION -> sessionCalls.close(request, reply);
            case RESUME -> sessionCalls.resume(request, reply);
            case REFRESH -> sessionCalls.refresh(request, reply);
            case CREATE_KEY -> keyCalls.create(request, reply);
            case DROP_KEY -> keyCalls.drop(request, reply);
            case NEXT_KEY -> keyCalls.next(request, reply);
            case KEY_BY_ID -> keyCalls.byId(request, reply);
            case KEY_BY_THUMBPRINT -> keyCalls.byThumbprint(request, reply);
            case KEY_BY_NAME -> keyCalls.byName(request, reply);
            case EXPORT_KEY -> keyCalls.export(request, reply);
            case ENCRYPT -> cipherCalls.encrypt(request, reply);
            case DECRYPT -> cipherCalls.decrypt(request, reply);
        }
    }

    @Override
    public void close() {
        sessions.closeAll();
    }
}
