package org.cofferhsm.hsm.session.local;

import java.util.function.Supplier;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.policy.Caller;
import org.cofferhsm.hsm.session.TicketHolder;

/** How long a session lasts: until it is closed, its user is removed, or the module stops serving. */
final class SessionLife {

    private final Caller caller;
    private final long accountId;
    private final ModuleParts parts;
    private volatile Octets pin;
    private volatile boolean closed;

    SessionLife(ProvedUser proved, ModuleParts parts) {
        UserAccount account = proved.user().account();
        this.caller = new Caller(account.name(), account.role());
        this.accountId = account.id();
        this.parts = parts;
        this.pin = parts.tickets().pinOf(proved);
    }

    Caller caller() {
        return caller;
    }

    /** A ticket that stands for the login of this session. */
    byte[] ticket(TicketHolder holder) {
        requireOpen();
        return parts.tickets().issue(caller, pin, holder);
    }

    /** The user has changed its own PIN here, which proves the new one too. */
    void provedPinOf(HeldUser user) {
        pin = parts.tickets().pinOf(new ProvedUser(user, WhichPin.PRESENT));
    }

    /** Complains by {@code sessionClosed} or the module's state. A later user of the same name is another user. */
    void requireOpen() {
        parts.recorder().requireOperational();
        if (closed || !parts.accounts().isThere(accountId)) {
            throw ended();
        }
    }

    private HsmException ended() {
        return HsmException.sessionClosed("the session of " + caller.name() + " is closed; log in again");
    }

    /** Does what gives the user something to own; complains by {@code sessionClosed} when the user has been removed. */
    <T> T owning(Supplier<T> work) {
        return parts.accounts().whileThere(accountId, work).orElseThrow(this::ended);
    }

    /** Ends the session; says whether it had not ended before. */
    boolean end() {
        boolean first = !closed;
        closed = true;
        return first;
    }
}
