package org.cofferhsm.hsm.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cofferhsm.hsm.audit.LogEnd.History;
import org.cofferhsm.hsm.audit.SegmentHeader.Origin;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;

/**
 * Finds the end of a log that exists, and refuses one that was altered.
 *
 * <p>Headers are verified in all segments; records from the segment on that holds the head. Up to the head everything
 * has to be there: it was on disk. Behind it, the end of the process leaves at most one unfinished record, and a loss of
 * power any part of what was not yet on disk; so the log ends at the first record that is not whole. Yet where the
 * record that follows it is whole, and no disk sector of it is lost, it was altered.
 */
final class Recovery {

    private final LogDirectory directory;
    private final Origin origin;
    private final MacCheck macs;
    private final Head head;

    Recovery(LogDirectory directory, Origin origin, MacCheck macs, Head head) {
        this.directory = directory;
        this.origin = origin;
        this.macs = macs;
        this.head = head;
    }

    LogEnd run() throws IOException {
        List<Path> files = directory.segments();
        List<SegmentHeader> headers = headers(files);
        int index = indexOfHead(headers);
        SegmentHeader start = headers.get(index);
        Chain chain = new Chain(start.firstSequence() - 1, start.previousHash().toByteArray());
        for (; index < files.size() - 1; index++) {
            scan(files.get(index), headers.get(index), chain);
        }
        return end(files.get(index), headers.get(index), chain);
    }

    private List<SegmentHeader> headers(List<Path> files) throws IOException {
        List<SegmentHeader> headers = new ArrayList<>();
        for (Path file : files) {
            SegmentHeader header = header(file);
            boolean inPlace = headers.isEmpty()
                    ? header.isFirst() && header.origin().isSameAs(origin)
                    : header.follows(headers.get(headers.size() - 1));
            if (!inPlace) {
                throw tampered(header.firstSequence(), "its segment does not follow the one before it");
            }
            headers.add(header);
        }
        return headers;
    }

    private SegmentHeader header(Path file) throws IOException {
        long promised = LogDirectory.firstSequence(file);
        try (FrameReader reader = FrameReader.open(file)) {
            SegmentHeader header = SegmentHeader.ofPage(reader.start(SealedPage.SIZE), macs);
            if (header.firstSequence() != promised || header.segmentBytes() != reader.size()) {
                throw tampered(promised, "its segment file has another name or size than it was made with");
            }
            return header;
        } catch (MalformedRecordException e) {
            throw tampered(promised, "the header of its segment is not valid: " + e.getMessage())
                    .causedBy(e);
        }
    }

    private int indexOfHead(List<SegmentHeader> headers) {
        int index = headers.size() - 1;
        while (index > 0 && headers.get(index).firstSequence() > head.sequence()) {
            index--;
        }
        return index;
    }

    /** Verifies a segment that is not the last: all of it was on disk before the next one was begun. */
    private void scan(Path file, SegmentHeader header, Chain chain) throws IOException {
        try (FrameReader reader = FrameReader.open(file)) {
            RecordScan scan = scan(reader, header, chain);
            if (scan.stop() instanceof Frame) {
                throw tampered(chain.sequence() + 1, "it is not the record that was written");
            }
        }
    }

    private LogEnd end(Path file, SegmentHeader header, Chain chain) throws IOException {
        try (FrameReader reader = FrameReader.open(file)) {
            RecordScan scan = scan(reader, header, chain);
            refuseMissing(scan.stop(), chain);
            if (scan.stop() instanceof Frame bad && !TornWrite.explains(bad, reader.next(), chain, macs)) {
                throw tampered(chain.sequence() + 1, "it is not the record that was written");
            }
            int position = (int) scan.stop().offset();
            int debris = (int) Math.max(0, reader.lastNonZero(position) + 1 - position);
            return new LogEnd(file, header, position, chain, scan.history(), debris);
        }
    }

    private RecordScan scan(FrameReader reader, SegmentHeader header, Chain chain) throws IOException {
        if (!header.continues(chain)) {
            throw tampered(chain.sequence() + 1, "the next segment does not start with it");
        }
        chain.restart(header.hash());
        reader.seek(SealedPage.SIZE);
        History history = History.of(header);
        Slot slot = reader.next();
        while (slot instanceof Frame frame && isNext(frame, chain)) {
            chain.advance(frame.hash());
            refuseOtherHead(frame);
            history = after(history, frame);
            slot = reader.next();
        }
        return new RecordScan(slot, history);
    }

    /** Where a scan stopped, and what the records before say. */
    private record RecordScan(Slot stop, History history) {}

    private boolean isNext(Frame frame, Chain chain) {
        return chain.continuesWith(frame) && macs.accepts(frame.hash(), frame.mac());
    }

    private History after(History history, Frame frame) {
        try {
            return frame.type() == Frame.CHECKPOINT ? history.signed() : history.with(frame.change());
        } catch (MalformedRecordException e) {
            throw tampered(frame.sequence(), "it is not a record: " + e.getMessage())
                    .causedBy(e);
        }
    }

    private void refuseOtherHead(Frame frame) {
        if (frame.sequence() == head.sequence() && !Octets.of(frame.hash()).equals(Octets.of(head.hash()))) {
            throw tampered(frame.sequence(), "the head of the log knows another record of this number");
        }
    }

    private void refuseMissing(Slot stop, Chain chain) {
        long next = chain.sequence() + 1;
        if (next > head.sequence()) {
            return;
        }
        throw stop instanceof Gap gap && gap.clean()
                ? tampered(next, "records %d to %d are missing".formatted(next, head.sequence()))
                : tampered(next, "it is not the record that was written");
    }

    private HsmException tampered(long sequence, String what) {
        return HsmException.auditTampered("the audit log in " + directory.path() + " was altered at record " + sequence
                + ": " + what + "; keep a copy of the directory, and let coffer audit verify look at it");
    }
}
