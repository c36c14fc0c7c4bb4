package org.cofferhsm.hsm.session.local;

import java.time.Clock;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.KeyCodec;
import org.cofferhsm.hsm.crypto.Mechanisms;

/**
 * What all sessions of one module share; {@code Hsm} puts it together.
 *
 * @param sessionObjects the last number given to a session object
 * @param openSessions the sessions that are not closed; safe for use by several threads
 */
public record ModuleParts(
        TokenObjects tokenObjects,
        UserAccounts accounts,
        Authentication authentication,
        Tickets tickets,
        AuditReading auditReading,
        Recorder recorder,
        Mechanisms mechanisms,
        KeyCodec codec,
        Engine engine,
        AtomicLong sessionObjects,
        Set<LocalSession> openSessions,
        Clock clock) {

    /** Ends all sessions and wipes parsed keys. */
    public void wipe() {
        openSessions.forEach(LocalSession::close);
        tokenObjects.forget();
        mechanisms.forget();
    }
}
