package org.cofferhsm.hsm.session.remote;

import java.time.DateTimeException;
import java.time.Instant;
import org.cofferhsm.hsm.session.AuditEntry;
import org.cofferhsm.hsm.session.AuditVerification;
import org.cofferhsm.hsm.spi.MalformedMessageException;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;

/** How records of the audit log, and what a check of it found, travel. */
final class AuditFields {

    private AuditFields() {}

    static void entry(MessageWriter out, AuditEntry entry) {
        out.u64(entry.sequence())
                .u64(entry.time().getEpochSecond())
                .u32(entry.time().getNano())
                .text(entry.user())
                .text(entry.operation())
                .text(entry.key())
                .text(entry.result())
                .text(entry.detail());
    }

    static AuditEntry entry(MessageReader in) {
        return new AuditEntry(in.u64(), time(in), in.text(), in.text(), in.text(), in.text(), in.text());
    }

    private static Instant time(MessageReader in) {
        try {
            return Instant.ofEpochSecond(in.u64(), in.u32());
        } catch (DateTimeException e) {
            MalformedMessageException malformed = new MalformedMessageException("a time is out of all bounds");
            malformed.initCause(e);
            throw malformed;
        }
    }

    static void verification(MessageWriter out, AuditVerification found) {
        out.u64(found.records()).u32(found.segments()).u64(found.checkpoints()).u64(found.signedTo());
        Fields.flag(out, found.macsChecked());
        Fields.optional(out, found.firstBad(), AuditFields::badRecord);
    }

    static AuditVerification verification(MessageReader in) {
        return new AuditVerification(
                in.u64(),
                in.u32(),
                in.u64(),
                in.u64(),
                Fields.flag(in),
                Fields.optional(in, bad -> new AuditVerification.BadRecord(bad.u64(), bad.text(), bad.text())));
    }

    private static void badRecord(MessageWriter out, AuditVerification.BadRecord bad) {
        out.u64(bad.sequence()).text(bad.fault()).text(bad.what());
    }
}
