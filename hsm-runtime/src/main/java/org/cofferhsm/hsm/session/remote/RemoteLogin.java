package org.cofferhsm.hsm.session.remote;

import java.time.Duration;
import java.util.Arrays;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.user.UserInfo;
import org.jspecify.annotations.Nullable;

/** Who is logged in at the service under which number, and the ticket that brings the login back after a restart. */
final class RemoteLogin {

    private static final Duration FRESH = Duration.ofHours(1);

    private final long number;
    private volatile UserInfo user;
    private volatile @Nullable HsmException lost;
    private byte[] ticket;
    private long heldSince = System.nanoTime();

    RemoteLogin(long number, UserInfo user, byte[] ticket) {
        this.number = number;
        this.user = user;
        this.ticket = ticket;
    }

    long number() {
        return number;
    }

    UserInfo user() {
        return user;
    }

    UserInfo seen(UserInfo now) {
        user = now;
        return now;
    }

    /** Takes a new ticket. */
    synchronized void hold(byte[] next) {
        Arrays.fill(ticket, (byte) 0);
        ticket = next;
        heldSince = System.nanoTime();
    }

    /** A copy, the caller's to wipe. */
    synchronized byte[] ticket() {
        return ticket.clone();
    }

    /** Has the ticket renewed long before it expires. */
    void keepFresh(Runnable renewal) {
        if (isOld()) {
            renewal.run();
        }
    }

    private synchronized boolean isOld() {
        boolean old = System.nanoTime() - heldSince > FRESH.toNanos();
        heldSince = old ? System.nanoTime() : heldSince; // one thread is enough
        return old;
    }

    /** The service was restarted and did not take the ticket. */
    void lose(HsmException refusal) {
        lost = HsmException.sessionClosed("the service was restarted, and the session of " + user.name()
                        + " did not come back (" + refusal.getMessage() + "); log in again")
                .causedBy(refusal);
    }

    void requireResumed() {
        HsmException why = lost;
        if (why != null) {
            throw HsmException.of(why.reason(), String.valueOf(why.getMessage()))
                    .causedBy(why);
        }
    }

    synchronized void wipe() {
        Arrays.fill(ticket, (byte) 0);
    }
}
