package org.cofferhsm.ekm.channel;

import org.cofferhsm.ekm.CofferSqlCrypt;
import org.cofferhsm.ekm.EkmException;
import org.cofferhsm.ekm.EkmStatus;
import org.cofferhsm.hsm.session.TicketHolder;
import org.cofferhsm.hsm.spi.Client;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;

/** Sessions and their tickets. */
final class SessionCalls {

    private final CofferSqlCrypt provider;
    private final OpenSessions sessions;
    private final Client client;
    private final RefusalLog log;

    SessionCalls(CofferSqlCrypt provider, OpenSessions sessions, Client client, RefusalLog log) {
        this.provider = provider;
        this.sessions = sessions;
        this.client = client;
        this.log = log;
    }

    void open(MessageReader request, MessageWriter reply) {
        try (OpenSession wanted = OpenSession.read(request)) {
            sessions.open(wanted.session(), () -> provider.openSession(wanted.credential()));
            reply.bytes(ticket(wanted.session()));
        }
    }

    void close(MessageReader request, MessageWriter reply) {
        sessions.close(SessionNumber.read(request).session());
    }

    void refresh(MessageReader request, MessageWriter reply) {
        reply.bytes(ticket(SessionNumber.read(request).session()));
    }

    private byte[] ticket(long session) {
        return provider.ticketFor(sessions.require(session), client.ticketHolder());
    }

    /** All as it was before the service went, session by session; sent again, it changes nothing. */
    void resume(MessageReader request, MessageWriter reply) {
        Resume wanted = Resume.read(request);
        TicketHolder holder = new TicketHolder(client.user(), wanted.holder());
        reply.u32(wanted.sessions().size());
        wanted.sessions().forEach(held -> reply.u32(resume(held, holder).code()));
    }

    private EkmStatus resume(Resume.Held held, TicketHolder holder) {
        if (sessions.has(held.session())) {
            return EkmStatus.SUCCESS;
        }
        try {
            sessions.open(held.session(), () -> provider.resume(held.ticket(), holder));
            return EkmStatus.SUCCESS;
        } catch (EkmException refusal) {
            log.refused(Operation.RESUME, refusal);
            return refusal.status();
        }
    }
}
