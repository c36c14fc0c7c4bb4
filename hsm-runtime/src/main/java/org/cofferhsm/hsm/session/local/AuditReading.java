package org.cofferhsm.hsm.session.local;

import java.util.List;
import org.cofferhsm.hsm.session.AuditEntry;
import org.cofferhsm.hsm.session.AuditVerification;

/** How the records of the log are read back; the audit room has them on disk. */
public interface AuditReading {

    List<AuditEntry> read(long fromSequence, int limit);

    AuditVerification verify();

    byte[] publicKey();
}
