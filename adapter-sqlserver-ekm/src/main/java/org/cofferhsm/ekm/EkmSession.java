package org.cofferhsm.ekm;

import java.util.function.Function;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.session.Session;

/**
 * One session that SQL Server has opened with a credential. It ends when nothing runs in it any more: closing does not wait
 * for a running call, nor cut it off.
 */
public final class EkmSession {

    private final Session session;
    private final EkmProvider provider;
    private int running;
    private boolean closed;

    EkmSession(Session session) {
        this.session = session;
        this.provider = new EkmProvider(session);
    }

    /** The crypto user of its credential. */
    public String user() {
        return session.user().name();
    }

    /** Does one call in it; complains by SESSION_EXPIRED when it was closed, and of the module's refusals by their statuses. */
    <T> T call(Function<EkmProvider, T> work) {
        enter();
        try {
            return work.apply(provider);
        } catch (HsmException refusal) {
            throw EkmException.withoutCredential(refusal);
        } finally {
            leave();
        }
    }

    /** What is done with the login itself, such as drawing a ticket. */
    <T> T withLogin(Function<Session, T> work) {
        return call(provider -> work.apply(session));
    }

    private synchronized void enter() {
        if (closed) {
            throw EkmStatus.SESSION_EXPIRED.because("the session was closed");
        }
        running++;
    }

    private void leave() {
        if (isLastOut()) {
            session.close();
        }
    }

    private synchronized boolean isLastOut() {
        running--;
        return closed && running == 0;
    }

    /** Takes no more calls; closing again changes nothing. */
    void close() {
        if (isIdleAtFirstClose()) {
            session.close();
        }
    }

    private synchronized boolean isIdleAtFirstClose() {
        boolean first = !closed;
        closed = true;
        return first && running == 0;
    }

    @Override
    public String toString() {
        return "an EKM session";
    }
}
