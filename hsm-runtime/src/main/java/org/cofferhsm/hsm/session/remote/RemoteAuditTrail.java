package org.cofferhsm.hsm.session.remote;

import java.util.ArrayList;
import java.util.List;
import org.cofferhsm.hsm.session.AuditEntry;
import org.cofferhsm.hsm.session.AuditTrail;
import org.cofferhsm.hsm.session.AuditVerification;
import org.cofferhsm.hsm.spi.MessageReader;

/** The audit log, through the service; a long answer comes in pages. */
record RemoteAuditTrail(Calls calls) implements AuditTrail {

    @Override
    public List<AuditEntry> read(long fromSequence, int limit) {
        List<AuditEntry> entries = new ArrayList<>();
        boolean more;
        do {
            long from = entries.isEmpty()
                    ? fromSequence
                    : entries.get(entries.size() - 1).sequence() + 1;
            List<AuditEntry> page = page(from, limit - entries.size());
            entries.addAll(page);
            more = !page.isEmpty() && entries.size() < limit;
        } while (more);
        return List.copyOf(entries);
    }

    private List<AuditEntry> page(long from, int limit) {
        return calls.call(Operation.READ_AUDIT, out -> out.u64(from).u32(limit), RemoteAuditTrail::entries);
    }

    private static List<AuditEntry> entries(MessageReader in) {
        List<AuditEntry> entries = new ArrayList<>();
        while (Fields.flag(in)) {
            entries.add(AuditFields.entry(in));
        }
        return entries;
    }

    @Override
    public byte[] publicKey() {
        return calls.call(Operation.AUDIT_KEY, out -> {}, MessageReader::bytes);
    }

    @Override
    public AuditVerification verify() {
        return calls.call(Operation.VERIFY_AUDIT, out -> {}, AuditFields::verification);
    }
}
