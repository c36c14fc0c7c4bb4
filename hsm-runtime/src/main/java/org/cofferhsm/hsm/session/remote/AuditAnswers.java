package org.cofferhsm.hsm.session.remote;

import java.util.List;
import org.cofferhsm.hsm.session.AuditEntry;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;

/** What the service answers on the audit log. */
final class AuditAnswers {

    private static final int MOST_ENTRIES = 10_000;

    private AuditAnswers() {}

    /** Says no more than that this user may read it. */
    static void auditTrail(ServedSession served, MessageReader in, MessageWriter out) {
        served.session().auditTrail();
    }

    static void note(ServedSession served, MessageReader in, MessageWriter out) {
        served.session().note(in.text(), in.text());
    }

    /** As many entries as a page holds; none only when there are none. */
    static void read(ServedSession served, MessageReader in, MessageWriter out) {
        long from = in.u64();
        int limit = in.u32();
        List<AuditEntry> entries = served.session().auditTrail().read(from, Math.min(limit, MOST_ENTRIES));
        int end = out.size() + Wire.PAGE;
        for (AuditEntry entry : entries) {
            if (out.size() >= end) {
                break;
            }
            Fields.flag(out, true);
            AuditFields.entry(out, entry);
        }
        Fields.flag(out, false);
    }

    static void publicKey(ServedSession served, MessageReader in, MessageWriter out) {
        out.bytes(served.session().auditTrail().publicKey());
    }

    static void verify(ServedSession served, MessageReader in, MessageWriter out) {
        AuditFields.verification(out, served.session().auditTrail().verify());
    }
}
