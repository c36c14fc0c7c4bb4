package org.cofferhsm.hsm;

import java.nio.file.Path;
import java.util.List;
import org.cofferhsm.hsm.audit.AuditLog;
import org.cofferhsm.hsm.audit.AuditReader;
import org.cofferhsm.hsm.audit.AuditRecord;
import org.cofferhsm.hsm.audit.AuditReport;
import org.cofferhsm.hsm.audit.AuditVerifier;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.session.AuditEntry;
import org.cofferhsm.hsm.session.AuditVerification;
import org.cofferhsm.hsm.session.local.AuditReading;

/** Reads the module's own log back from its files. */
record LogReading(Path directory, AuditLog log, LogKeys keys) implements AuditReading {

    @Override
    public List<AuditEntry> read(long fromSequence, int limit) {
        return AuditReader.of(directory).read(fromSequence, limit).stream()
                .map(LogReading::entry)
                .toList();
    }

    @Override
    public AuditVerification verify() {
        log.sync();
        return verification(AuditVerifier.of(keys).verify(directory));
    }

    @Override
    public byte[] publicKey() {
        return keys.publicKey();
    }

    static AuditVerification verification(AuditReport report) {
        AuditReport.Assurance assurance = report.assurance();
        return new AuditVerification(
                report.records(),
                report.segments(),
                assurance.checkpoints(),
                assurance.signedTo(),
                assurance.macsChecked(),
                report.firstBad()
                        .map(bad -> new AuditVerification.BadRecord(
                                bad.sequence(), bad.fault().name(), bad.what())));
    }

    private static AuditEntry entry(AuditRecord stored) {
        long key = stored.event().key();
        return new AuditEntry(
                stored.sequence(),
                stored.time(),
                stored.event().user(),
                stored.event().operation(),
                key == 0 ? "" : new KeyId(key).toString(),
                stored.event().result(),
                stored.event().detail());
    }
}
