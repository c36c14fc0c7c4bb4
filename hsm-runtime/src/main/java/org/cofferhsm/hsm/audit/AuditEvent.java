package org.cofferhsm.hsm.audit;

import java.util.Optional;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;

/**
 * What happened, as the module tells the audit log; the log adds sequence, time and chain.
 *
 * @param user who, or an empty string for the module itself
 * @param operation what, a short name such as {@code sign}
 * @param key the object's handle, or 0
 * @param result {@code OK}, or the name of the reason of a refusal
 * @param detail the mechanism, a label, a count: what helps a reader; never a secret. Shortened to 1024 characters
 * @param parameters SHA-256 of the operation's parameters, or empty
 * @param change the state of the store after a change of it
 */
public record AuditEvent(
        String user,
        String operation,
        long key,
        String result,
        String detail,
        Octets parameters,
        Optional<ChangeMark> change) {

    /** The longest encoded event, in bytes. */
    public static final int MAX_BYTES = 1 << 16;

    private static final int MAX_DETAIL = 1024;

    public AuditEvent {
        detail = shortened(detail);
    }

    /** The store's change number and keyed root digest after a change. */
    public record ChangeMark(long change, Octets root) {}

    /** The same event as the record of a change of the store. */
    public AuditEvent marked(long number, Octets root) {
        ChangeMark mark = new ChangeMark(number, root);
        return new AuditEvent(user, operation, key, result, detail, parameters, Optional.of(mark));
    }

    /** The event as bytes; complains by {@code argumentInvalid} when they would be more than {@link #MAX_BYTES}. */
    public byte[] encode() {
        return EventCodec.encode(this, 0);
    }

    /** Reads what {@link #encode} wrote; complains by {@code dataInvalid} about anything else. */
    public static AuditEvent decode(byte[] bytes) {
        try {
            return EventCodec.decode(bytes, 0);
        } catch (MalformedRecordException e) {
            throw HsmException.dataInvalid("the bytes are not an audit event: " + e.getMessage())
                    .causedBy(e);
        }
    }

    private static String shortened(String detail) {
        if (detail.length() <= MAX_DETAIL) {
            return detail;
        }
        int end = MAX_DETAIL - 1;
        return detail.substring(0, Character.isHighSurrogate(detail.charAt(end - 1)) ? end - 1 : end) + '…';
    }
}
