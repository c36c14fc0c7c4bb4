package org.cofferhsm.hsm.session.local;

import java.util.Optional;
import org.cofferhsm.hsm.audit.AuditEvent;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.policy.Caller;
import org.cofferhsm.hsm.user.Role;

/**
 * What a user asked for, as the audit log tells it.
 *
 * @param key the object's handle, or 0 when there is none yet
 * @param detail the mechanism, a label, a name; never a secret
 * @param parameters SHA-256 of the mechanism's parameters, or empty
 */
record Call(Caller caller, String operation, long key, String detail, Octets parameters) {

    /** The module itself, where no user acts. */
    static final Caller MODULE = new Caller("", Role.ADMIN);

    private static final int LONGEST_REFUSED = 4000;

    static Call of(Caller caller, String operation, String detail) {
        return new Call(caller, operation, 0, detail, Octets.EMPTY);
    }

    static Call on(Caller caller, String operation, KeyId key) {
        return new Call(caller, operation, key.value(), "", Octets.EMPTY);
    }

    Call detailed(String text) {
        return new Call(caller, operation, key, text, parameters);
    }

    /** The same call about the object that it made; the key that it used, if any, goes into the detail. */
    Call about(KeyId made) {
        String text = key == 0 ? detail : detail + " with " + new KeyId(key);
        return new Call(caller, operation, made.value(), text, parameters);
    }

    /** The same call, which also uses another object. */
    Call with(KeyId other) {
        return new Call(caller, operation, key, detail + " of " + other, parameters);
    }

    AuditEvent done() {
        return event(caller.name(), "OK", detail);
    }

    /** What was refused may be of any length, and is recorded all the same, as far as there is room. */
    AuditEvent refused(String reason, String message) {
        String text = detail.isEmpty() ? message : detail + ": " + message;
        return event(shortened(caller.name()), reason, shortened(text));
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_REFUSED ? text : text.substring(0, LONGEST_REFUSED) + "...";
    }

    private AuditEvent event(String name, String result, String text) {
        return new AuditEvent(name, operation, key, result, text, parameters, Optional.empty());
    }
}
