package org.cofferhsm.hsm.session.local;

import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.policy.Caller;

/** How long a session lasts: until it is closed, its user is removed, or the module stops serving. */
final class SessionLife {

    private final Caller caller;
    private final long accountId;
    private final ModuleParts parts;
    private volatile boolean closed;

    SessionLife(UserAccount account, ModuleParts parts) {
        this.caller = new Caller(account.name(), account.role());
        this.accountId = account.id();
        this.parts = parts;
    }

    Caller caller() {
        return caller;
    }

    /** Complains by {@code sessionClosed} or the module's state. A later user of the same name is another user. */
    void requireOpen() {
        parts.recorder().requireOperational();
        if (closed || !parts.accounts().isThere(accountId)) {
            throw HsmException.sessionClosed("the session of " + caller.name() + " is closed; log in again");
        }
    }

    /** Ends the session; says whether it had not ended before. */
    boolean end() {
        boolean first = !closed;
        closed = true;
        return first;
    }
}
