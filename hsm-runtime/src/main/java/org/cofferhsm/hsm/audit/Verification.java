package org.cofferhsm.hsm.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.cofferhsm.hsm.audit.AuditReport.Assurance;
import org.cofferhsm.hsm.audit.AuditReport.Fault;
import org.cofferhsm.hsm.key.Octets;
import org.jspecify.annotations.Nullable;

/** One run of the verifier over one log. */
final class Verification {

    private final LogDirectory directory;
    private final Optional<AuditKeys> keys;
    private final Optional<Octets> publicKey;
    private final Chain chain = new Chain(0, new byte[Sha256.LENGTH]);
    private @Nullable SegmentHeader before;
    private int segments;
    private long unfinishedBytes;

    Verification(LogDirectory directory, Optional<AuditKeys> keys, Optional<Octets> publicKey) {
        this.directory = directory;
        this.keys = keys;
        this.publicKey = publicKey;
    }

    AuditReport run() throws IOException {
        Optional<Head> head = HeadFile.read(directory.path(), macs());
        RecordCheck records = new RecordCheck(chain, macs(), head);
        try {
            verifySegments(directory.segments(), records);
            records.requireHead();
            return report(records, Optional.empty());
        } catch (BadRecordException e) {
            return report(records, Optional.of(e.finding()));
        }
    }

    private AuditReport report(RecordCheck records, Optional<AuditReport.Finding> finding) {
        Assurance assurance =
                new Assurance(records.checkpoints(), records.signedTo(), keys.isPresent(), unfinishedBytes);
        return new AuditReport(chain.sequence(), segments, assurance, finding);
    }

    private MacCheck macs() {
        return keys.map(MacCheck::by).orElseGet(MacCheck::none);
    }

    private void verifySegments(List<Path> files, RecordCheck records) throws IOException, BadRecordException {
        for (int i = 0; i < files.size(); i++) {
            verifySegment(files.get(i), records, i == files.size() - 1);
            segments++;
        }
    }

    private void verifySegment(Path file, RecordCheck records, boolean isLast) throws IOException, BadRecordException {
        try (FrameReader reader = FrameReader.open(file)) {
            SegmentHeader header = header(file, reader);
            chain.restart(header.hash());
            records.useKey(publicKey.orElse(header.origin().publicKey()));
            reader.seek(SealedPage.SIZE);
            Slot slot = reader.next();
            while (slot instanceof Frame frame && records.isNext(frame)) {
                slot = reader.next();
            }
            SegmentEnd end = new SegmentEnd(reader, chain, macs());
            unfinishedBytes = end.verify(slot, isLast ? records.onDisk() : Long.MAX_VALUE, header);
            before = header;
        }
    }

    private SegmentHeader header(Path file, FrameReader reader) throws IOException, BadRecordException {
        long promised = LogDirectory.firstSequence(file);
        long next = chain.sequence() + 1;
        if (promised > next) {
            throw new BadRecordException(
                    next, Fault.MISSING, "records %d to %d are missing".formatted(next, promised - 1));
        }
        SegmentHeader header = headerOf(reader, promised);
        if (promised < next || header.firstSequence() != promised || !follows(header)) {
            throw new BadRecordException(
                    promised, Fault.OUT_OF_ORDER, file.getFileName() + " does not follow the segment before it");
        }
        if (publicKey.isPresent() && !publicKey.get().equals(header.origin().publicKey())) {
            throw new BadRecordException(
                    promised, Fault.SIGNATURE_WRONG, file.getFileName() + " names the key of another module");
        }
        return header;
    }

    private SegmentHeader headerOf(FrameReader reader, long promised) throws IOException, BadRecordException {
        try {
            return SegmentHeader.ofPage(reader.start(SealedPage.SIZE), macs());
        } catch (MalformedRecordException e) {
            throw new BadRecordException(
                    promised, Fault.ALTERED, "the header of the record's segment is not valid: " + e.getMessage());
        }
    }

    private boolean follows(SegmentHeader header) {
        return header.continues(chain) && (before == null ? header.isFirst() : header.follows(before));
    }
}
