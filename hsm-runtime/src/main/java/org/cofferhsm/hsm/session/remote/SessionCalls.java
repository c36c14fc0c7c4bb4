package org.cofferhsm.hsm.session.remote;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.channel.Refusal;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.spi.Client;
import org.cofferhsm.hsm.spi.ClientCalls;
import org.cofferhsm.hsm.spi.KeptMemory;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;

/** The sessions of one client, under the numbers that it gave them. */
final class SessionCalls implements ClientCalls {

    static final int MOST_SESSIONS = 10_000;

    private final Hsm hsm;
    private final Client client;
    private final KeptMemory.Share memory;
    private final Map<Long, ServedSession> sessions = new ConcurrentHashMap<>();

    /** @param memory what the client may have the service keep between two calls */
    SessionCalls(Hsm hsm, Client client, KeptMemory.Share memory) {
        this.hsm = hsm;
        this.client = client;
        this.memory = memory;
    }

    @Override
    public int call(int code, MessageReader request, MessageWriter reply) {
        Optional<Operation> operation = Operation.ofCode(code);
        if (operation.isEmpty()) {
            return UNKNOWN_OPERATION;
        }
        try {
            Answers.of(operation.get()).answer(this, request, reply);
            return DONE;
        } catch (HsmException refusal) {
            return Refusal.write(refusal, reply);
        }
    }

    /** The session whose number comes next in a request. */
    ServedSession session(MessageReader in) {
        return require(in.u64());
    }

    private ServedSession require(long number) {
        ServedSession served = sessions.get(number);
        if (served == null) {
            throw HsmException.sessionClosed("the service does not know this session any more; log in again");
        }
        return served;
    }

    void login(MessageReader in, MessageWriter out) {
        long number = in.u64();
        String user = in.text();
        Wire.lentLastPin(in, pin -> keep(number, hsm.login(user, pin)));
        ServedSession served = require(number);
        UserFields.user(out, served.session().user());
        ticket(served, out);
    }

    /** Brings a login back that the client had before the service was restarted; asked twice, it is there already. */
    void resume(MessageReader in, MessageWriter out) {
        long number = in.u64();
        if (!sessions.containsKey(number)) {
            Wire.lentLast(in, ticket -> keep(number, hsm.resume(ticket, client.ticketHolder())));
        }
        ticket(require(number), out);
    }

    void refresh(MessageReader in, MessageWriter out) {
        ticket(Fields.last(in, session(in)), out);
    }

    private void ticket(ServedSession served, MessageWriter out) {
        Wire.giveAway(out, hsm.ticketFor(served.session(), client.ticketHolder()));
    }

    private ServedSession keep(long number, Session session) {
        ServedSession served = new ServedSession(session, memory);
        if (sessions.size() >= MOST_SESSIONS) {
            served.close();
            throw HsmException.serviceUnavailable(
                    "this program has " + MOST_SESSIONS + " sessions open, which is the service's limit; close some");
        }
        if (sessions.putIfAbsent(number, served) != null) {
            served.close();
            throw HsmException.argumentInvalid("the session number " + number + " is taken");
        }
        return served;
    }

    void closeSession(MessageReader in, MessageWriter out) {
        ServedSession served = sessions.remove(Fields.last(in, in.u64()));
        if (served != null) {
            served.close();
        }
    }

    /** Ends all sessions: the client has gone. */
    @Override
    public void close() {
        sessions.values().forEach(ServedSession::close);
        sessions.clear();
    }
}
