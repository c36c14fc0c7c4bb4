package org.cofferhsm.hsm.audit;

import java.util.Optional;

/**
 * What a verification found.
 *
 * @param records how many records are sound, from the first one on without a gap
 * @param segments how many segment files they are in
 * @param firstBad the first thing that is wrong; nothing behind it was looked at
 */
public record AuditReport(long records, int segments, Assurance assurance, Optional<Finding> firstBad) {

    /**
     * How far the word of the report goes.
     *
     * @param checkpoints how many signatures of the module were verified
     * @param signedTo the last record that a signature covers; what follows is vouched for by the chain, and by the MACs
     *     where they were checked
     * @param macsChecked whether the module's key was there to check the MAC of each record
     * @param unfinishedBytes what a crash left behind the last record, not yet on disk then and no part of the log
     */
    public record Assurance(long checkpoints, long signedTo, boolean macsChecked, long unfinishedBytes) {}

    /**
     * Something that is wrong.
     *
     * @param sequence the number of the record where the log stops being what was written
     * @param what a sentence for people
     */
    public record Finding(long sequence, Fault fault, String what) {}

    /** What can be wrong with a log. */
    public enum Fault {
        /** A record or a segment's header is not the one that was written. */
        ALTERED,
        /** Records are gone from the middle of the log. */
        MISSING,
        /** A record or a segment stands where another one should. */
        OUT_OF_ORDER,
        /** Records are gone from the end of the log. */
        TRUNCATED,
        /** A record's MAC is not the module's. */
        MAC_WRONG,
        /** A checkpoint's signature is not the module's, or the log names another module's key. */
        SIGNATURE_WRONG,
        /** The log's head is missing, or knows another record. */
        HEAD_WRONG
    }

    /** Whether nothing is wrong. */
    public boolean isSound() {
        return firstBad.isEmpty();
    }
}
