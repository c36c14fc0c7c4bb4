package org.cofferhsm.hsm.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cofferhsm.hsm.audit.SegmentHeader.Origin;
import org.cofferhsm.hsm.error.HsmException;

/** Takes hold of a log: verifies the end of one that is there, or begins a new one. */
final class LogOpening {

    private final LogDirectory directory;
    private final AuditKeys keys;
    private final AuditSettings settings;
    private final SpareSegments spares;

    LogOpening(LogDirectory directory, AuditKeys keys, AuditSettings settings, SpareSegments spares) {
        this.directory = directory;
        this.keys = keys;
        this.settings = settings;
        this.spares = spares;
    }

    /** Where the log ends, and its head. */
    record Opened(LogEnd end, HeadFile head) {}

    Opened open() throws IOException {
        directory.prepare();
        List<Path> segments = directory.segments();
        if (segments.isEmpty() && !Files.exists(directory.path().resolve(HeadFile.NAME))) {
            HeadFile.create(directory, keys);
        }
        Head head = HeadFile.read(directory.path(), MacCheck.by(keys))
                .orElseThrow(() -> tampered("its file \"head\" is missing or not valid"));
        Origin origin = SegmentHeader.origin(settings, keys);
        if (segments.isEmpty()) {
            begin(head, origin);
        }
        LogEnd end = new Recovery(directory, origin, MacCheck.by(keys), head).run();
        return new Opened(end, HeadFile.open(directory.path(), keys, head));
    }

    private void begin(Head head, Origin origin) throws IOException {
        if (head.sequence() > 0) {
            throw tampered("records 1 to " + head.sequence() + " are missing");
        }
        spares.begin(SegmentHeader.first(origin, spares.bytes()), keys);
    }

    private HsmException tampered(String what) {
        return HsmException.auditTampered("the audit log in " + directory.path() + " was altered: " + what
                + "; keep a copy of the directory, and let coffer audit verify look at it");
    }
}
