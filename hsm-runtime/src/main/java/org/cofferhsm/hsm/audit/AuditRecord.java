package org.cofferhsm.hsm.audit;

import java.time.Instant;

/**
 * One record of the log as a reader sees it. A checkpoint is one too; its operation is {@value #CHECKPOINT}.
 *
 * @param sequence its number, from 1, without gaps
 * @param time when, to the microsecond, by the clock of the machine: it may go back, the sequence never does
 */
public record AuditRecord(long sequence, Instant time, AuditEvent event) {

    /** The operation of a record by which the module has signed all records before it. */
    public static final String CHECKPOINT = "audit-checkpoint";

    /** The operation of a record that tells of an unfinished record that was cut off after a crash. */
    public static final String REPAIR = "audit-repair";
}
