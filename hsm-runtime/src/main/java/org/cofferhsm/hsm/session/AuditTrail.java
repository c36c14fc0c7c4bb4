package org.cofferhsm.hsm.session;

import java.util.List;

/** The audit log, for admins and auditors. */
public interface AuditTrail {

    /**
     * Records in the order they were written.
     *
     * @param fromSequence the first sequence number wanted
     * @param limit how many at the most
     */
    List<AuditEntry> read(long fromSequence, int limit);

    /** The public key that the module signs its log with (X.509 SubjectPublicKeyInfo), for verifiers elsewhere. */
    byte[] publicKey();

    /** Checks the whole log: chain, MACs, signatures, and that its end is there. */
    AuditVerification verify();
}
