package org.cofferhsm.hsm.session;

import java.util.Optional;

/**
 * What a check of an audit log found.
 *
 * @param records how many records are sound, from the first one on without a gap
 * @param segments how many files they are in
 * @param checkpoints how many of the module's signatures were verified
 * @param signedTo the last record that a signature covers
 * @param macsChecked whether the module was there to check the MAC of each record
 * @param firstBad what is wrong first; nothing behind it was looked at
 */
public record AuditVerification(
        long records,
        int segments,
        long checkpoints,
        long signedTo,
        boolean macsChecked,
        Optional<BadRecord> firstBad) {

    /**
     * The place where the log stops being what was written.
     *
     * @param sequence the number of the record
     * @param fault what kind of fault it is, such as {@code ALTERED} or {@code TRUNCATED}
     * @param what a sentence for people
     */
    public record BadRecord(long sequence, String fault, String what) {}

    public boolean isSound() {
        return firstBad.isEmpty();
    }
}
