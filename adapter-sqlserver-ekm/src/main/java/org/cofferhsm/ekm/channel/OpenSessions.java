package org.cofferhsm.ekm.channel;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.cofferhsm.ekm.EkmSession;
import org.cofferhsm.ekm.EkmStatus;
import org.cofferhsm.ekm.SqlCrypt;

/** The sessions of one client by the numbers that it gave them. Lookups take no lock. */
final class OpenSessions {

    private final SqlCrypt provider;
    private final Map<Long, EkmSession> open = new ConcurrentHashMap<>();

    OpenSessions(SqlCrypt provider) {
        this.provider = provider;
    }

    EkmSession require(long number) {
        EkmSession session = open.get(number);
        if (session == null) {
            throw unknown(number);
        }
        return session;
    }

    private static RuntimeException unknown(long number) {
        return EkmStatus.SESSION_EXPIRED.because("there is no session " + Long.toUnsignedString(number));
    }

    boolean has(long number) {
        return open.containsKey(number);
    }

    /** Opens one under a number that is neither 0 nor taken. */
    void open(long number, Supplier<EkmSession> opening) {
        requireFree(number);
        EkmSession session = opening.get();
        if (open.putIfAbsent(number, session) != null) {
            provider.closeSession(session, true);
            requireFree(number);
        }
    }

    private void requireFree(long number) {
        if (number == 0 || has(number)) {
            throw EkmStatus.INVALID_ARGUMENT.because(
                    "the session number " + Long.toUnsignedString(number) + " is 0 or taken");
        }
    }

    void close(long number) {
        EkmSession session = open.remove(number);
        if (session == null) {
            throw unknown(number);
        }
        provider.closeSession(session, false);
    }

    void closeAll() {
        open.clear();
        provider.freeProvider();
    }
}
