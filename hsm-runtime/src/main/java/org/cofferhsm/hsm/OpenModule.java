package org.cofferhsm.hsm;

import java.util.List;
import org.cofferhsm.hsm.audit.AuditLog;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.seal.MasterKey;
import org.cofferhsm.hsm.session.PublicEngine;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.session.TicketHolder;
import org.cofferhsm.hsm.session.local.LocalPublicEngine;
import org.cofferhsm.hsm.session.local.LocalSession;
import org.cofferhsm.hsm.session.local.ModuleCondition;
import org.cofferhsm.hsm.session.local.ModuleParts;

/** An unlocked module, as {@link Assembly} put it together. */
record OpenModule(
        ModuleParts parts, ModuleCondition condition, AuditLog audit, MasterKey masterKey, Resources resources) {

    boolean failed() {
        return condition.failed();
    }

    boolean activated() {
        return parts.accounts().activated();
    }

    void activate(String admin, char[] pin) {
        parts.accounts().activate(admin, pin);
    }

    Session login(String userName, char[] pin) {
        return LocalSession.login(parts, userName, pin);
    }

    PublicEngine publicEngine() {
        return new LocalPublicEngine(parts);
    }

    byte[] ticketFor(Session session, TicketHolder holder) {
        return LocalSession.ticket(parts, session, holder);
    }

    Session resume(byte[] ticket, TicketHolder holder) {
        return LocalSession.resume(parts, ticket, holder);
    }

    /** Records what an admin does to the whole module; complains by {@code roleNotPermitted} for others. */
    void administer(Session admin, String operation) {
        LocalSession.administer(parts, admin, operation);
    }

    List<Hsm.Protection> protections() {
        return masterKey.protections().stream()
                .map(one -> new Hsm.Protection(one.name(), one.active(), one.detail()))
                .toList();
    }

    /** Ends all sessions, wipes the keys and closes the files. */
    void close(HsmException why) {
        condition.end(why);
        try {
            parts.wipe();
        } finally {
            resources.close();
        }
    }

    @Override
    public String toString() {
        return "OpenModule";
    }
}
