package org.cofferhsm.hsm.session.local;

import java.util.List;
import org.cofferhsm.hsm.session.AuditEntry;
import org.cofferhsm.hsm.session.AuditTrail;
import org.cofferhsm.hsm.session.AuditVerification;

/** The audit log for a user that may read it. */
record LocalAuditTrail(AuditReading reading, SessionLife life) implements AuditTrail {

    @Override
    public List<AuditEntry> read(long fromSequence, int limit) {
        life.requireOpen();
        return reading.read(fromSequence, limit);
    }

    @Override
    public byte[] publicKey() {
        life.requireOpen();
        return reading.publicKey();
    }

    @Override
    public AuditVerification verify() {
        life.requireOpen();
        return reading.verify();
    }
}
