package org.cofferhsm.hsm.audit;

import java.io.IOException;
import org.cofferhsm.hsm.audit.AuditReport.Fault;

/** Says what is wrong at the place where the records of a segment stop following each other, if anything is. */
final class SegmentEnd {

    private final FrameReader reader;
    private final Chain chain;
    private final MacCheck macs;

    SegmentEnd(FrameReader reader, Chain chain, MacCheck macs) {
        this.reader = reader;
        this.chain = chain;
        this.macs = macs;
    }

    /**
     * Complains of a bad record; gives the number of bytes that a crash may have left behind the last good one.
     *
     * @param onDisk up to which record no crash explains anything
     */
    long verify(Slot stop, long onDisk, SegmentHeader header) throws IOException, BadRecordException {
        boolean wasOnDisk = chain.sequence() < onDisk;
        if (stop instanceof Frame frame && (wasOnDisk || !TornWrite.explains(frame, reader.next(), chain, macs))) {
            throw diagnosis(frame);
        }
        long debris = Math.max(0, reader.lastNonZero(stop.offset()) + 1 - stop.offset());
        if (reader.size() < header.segmentBytes() && debris > 0) {
            throw bad(Fault.TRUNCATED, "its segment file ends within it");
        }
        if (wasOnDisk && debris > 0) {
            throw bad(Fault.ALTERED, "what stands in its place is not a record");
        }
        return debris;
    }

    private BadRecordException diagnosis(Frame frame) throws IOException {
        long expected = chain.sequence() + 1;
        if (frame.sequence() == expected || chain.continuesWithRenumbered(frame)) {
            return bad(Fault.ALTERED, "it is not the record that was written");
        }
        String found = "record " + frame.sequence() + " stands in its place";
        if (frame.sequence() < expected || comesLater(frame, expected)) {
            return bad(Fault.OUT_OF_ORDER, found);
        }
        return bad(Fault.MISSING, found);
    }

    private boolean comesLater(Frame frame, long expected) throws IOException {
        reader.seek(frame.end());
        while (reader.next() instanceof Frame later) {
            if (later.sequence() == expected) {
                return true;
            }
        }
        return false;
    }

    private BadRecordException bad(Fault fault, String what) {
        return new BadRecordException(chain.sequence() + 1, fault, what);
    }
}
