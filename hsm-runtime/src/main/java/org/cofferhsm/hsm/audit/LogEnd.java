package org.cofferhsm.hsm.audit;

import java.nio.file.Path;
import java.util.Optional;
import org.cofferhsm.hsm.audit.AuditEvent.ChangeMark;

/**
 * Where a log ends, and so where writing goes on.
 *
 * @param file the last segment
 * @param position where the next record goes, in bytes from the start of the file
 * @param chain the chain after the last record
 * @param history what the last records say
 * @param debris how many bytes of an unfinished record follow
 */
record LogEnd(Path file, SegmentHeader header, int position, Chain chain, History history, int debris) {

    /**
     * What matters of the records so far.
     *
     * @param lastChange the last change of the store among them
     * @param unsigned how many there are since the last checkpoint
     */
    record History(Optional<ChangeMark> lastChange, int unsigned) {

        /** After a segment's header. */
        static History of(SegmentHeader header) {
            return new History(header.lastChange(), 0);
        }

        /** After one more event. */
        History with(Optional<ChangeMark> change) {
            return new History(change.isPresent() ? change : lastChange, unsigned + 1);
        }

        /** After a checkpoint. */
        History signed() {
            return new History(lastChange, 0);
        }
    }
}
