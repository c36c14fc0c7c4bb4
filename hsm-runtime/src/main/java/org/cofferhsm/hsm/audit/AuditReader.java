package org.cofferhsm.hsm.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.cofferhsm.hsm.error.HsmException;

/**
 * Reads the records of a log, also while it is written. The chain is checked on the way within each segment that is
 * read; MACs and signatures are {@link AuditVerifier}'s to check.
 */
public final class AuditReader {

    private final LogDirectory directory;

    private AuditReader(LogDirectory directory) {
        this.directory = directory;
    }

    /** The reader of the log in a directory. */
    public static AuditReader of(Path directory) {
        return new AuditReader(new LogDirectory(directory));
    }

    /** Up to {@code limit} records from a sequence number on. */
    public List<AuditRecord> read(long fromSequence, int limit) {
        List<AuditRecord> records = new ArrayList<>();
        if (limit > 0) {
            forEach(fromSequence, record -> {
                records.add(record);
                return records.size() < limit;
            });
        }
        return records;
    }

    /**
     * Passes the records from a sequence number on to {@code reader}, one at a time, until it has enough and gives
     * false. Complains by {@code auditTampered} at the first record that is not what was written.
     */
    public void forEach(long fromSequence, Predicate<AuditRecord> reader) {
        try {
            List<Path> segments = directory.segments();
            boolean more = true;
            for (int i = indexOf(segments, fromSequence); more && i < segments.size(); i++) {
                more = read(segments.get(i), fromSequence, reader);
            }
        } catch (IOException e) {
            throw HsmException.auditUnavailable(
                            "the audit log in " + directory.path() + " cannot be read: " + e.getMessage())
                    .causedBy(e);
        }
    }

    private static int indexOf(List<Path> segments, long sequence) {
        int index = segments.size() - 1;
        while (index > 0 && LogDirectory.firstSequence(segments.get(index)) > sequence) {
            index--;
        }
        return Math.max(0, index);
    }

    private boolean read(Path segment, long from, Predicate<AuditRecord> reader) throws IOException {
        long sequence = LogDirectory.firstSequence(segment);
        try (FrameReader frames = FrameReader.open(segment)) {
            SegmentHeader header = SegmentHeader.ofPage(frames.start(SealedPage.SIZE), MacCheck.none());
            Chain chain = new Chain(header.firstSequence() - 1, header.hash());
            frames.seek(SealedPage.SIZE);
            boolean more = true;
            while (more && frames.next() instanceof Frame frame) {
                sequence = chain.sequence() + 1;
                requireNext(frame, chain);
                chain.advance(frame.hash());
                more = sequence < from || reader.test(frame.decode());
            }
            return more;
        } catch (MalformedRecordException e) {
            throw HsmException.auditTampered("the audit log in " + directory.path() + " cannot be read at record "
                            + sequence + ": " + e.getMessage() + "; let coffer audit verify look at it")
                    .causedBy(e);
        }
    }

    private static void requireNext(Frame frame, Chain chain) throws MalformedRecordException {
        if (!chain.continuesWith(frame)) {
            throw new MalformedRecordException("it is not the record that was written");
        }
    }
}
