package org.cofferhsm.hsm.audit;

import org.cofferhsm.hsm.audit.AuditReport.Fault;
import org.cofferhsm.hsm.audit.AuditReport.Finding;

/** Ends a verification at the first thing that is wrong. */
final class BadRecordException extends Exception {

    private final Finding finding;

    BadRecordException(long sequence, Fault fault, String what) {
        super(what);
        this.finding = new Finding(sequence, fault, what);
    }

    Finding finding() {
        return finding;
    }
}
