package org.cofferhsm.hsm.pkcs11.calls;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.cofferhsm.hsm.pkcs11.wire.Ckr;
import org.cofferhsm.hsm.pkcs11.wire.OpenSession;
import org.jspecify.annotations.Nullable;

/** The open sessions of one application. Lookups take no lock. */
final class Sessions {

    private final int limit;
    private final Map<Long, CryptokiSession> open = new ConcurrentHashMap<>();

    Sessions(int limit) {
        this.limit = limit;
    }

    /** The session of that number; complains by SESSION_HANDLE_INVALID. */
    CryptokiSession require(long number) {
        CryptokiSession session = open.get(number);
        if (session == null) {
            throw Ckr.SESSION_HANDLE_INVALID.because("there is no session " + Long.toUnsignedString(number));
        }
        return session;
    }

    /** Opens a session, or leaves the one that is there: a library that asks twice means once. */
    void resume(OpenSession wanted) {
        if (!open.containsKey(wanted.session())) {
            add(wanted);
        }
    }

    void add(OpenSession wanted) {
        if (!wanted.serial()) {
            throw Ckr.SESSION_PARALLEL_NOT_SUPPORTED.because("CKF_SERIAL_SESSION is not set");
        }
        if (open.size() >= limit) {
            throw Ckr.SESSION_COUNT.because("the program has " + limit + " sessions open, which is the limit");
        }
        CryptokiSession session = new CryptokiSession(wanted.readWrite());
        if (wanted.session() == 0 || open.putIfAbsent(wanted.session(), session) != null) {
            throw Ckr.ARGUMENTS_BAD.because(
                    "the session number " + Long.toUnsignedString(wanted.session()) + " is 0 or taken");
        }
    }

    /** Takes the session out, when it is there. */
    @Nullable
    CryptokiSession remove(long number) {
        return open.remove(number);
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    boolean hasReadOnly() {
        return open.values().stream().anyMatch(session -> !session.readWrite());
    }

    /** Ends what runs with keys: whose they are has logged out. */
    void cancelKeyed() {
        open.values().forEach(session -> session.running().cancelKeyed());
    }

    /** The numbers of all sessions at this moment. */
    Iterable<Long> numbers() {
        return open.keySet();
    }
}
