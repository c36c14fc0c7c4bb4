package org.cofferhsm.hsm.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import org.cofferhsm.hsm.error.HsmException;

/** Files of zeros whose space is taken from the disk already: the segments to come. */
final class SpareSegments {

    private final LogDirectory directory;
    private final Preallocation preallocation;
    private final int bytes;
    private final ExecutorService background = Background.thread();
    private final Deque<Path> ready = new ArrayDeque<>();
    private long made;
    private boolean released;

    SpareSegments(LogDirectory directory, Preallocation preallocation, int bytes) {
        this.directory = directory;
        this.preallocation = preallocation;
        this.bytes = bytes;
    }

    /** How large each is. */
    int bytes() {
        return bytes;
    }

    /** Sees to it that there are so many spares; complains by {@code auditUnavailable} when the disk is full. */
    synchronized void provide(int count) {
        if (released) { // the directory may be another log's by now
            throw HsmException.auditUnavailable("the audit log in " + directory.path() + " is closed");
        }
        while (ready.size() < count) {
            Path file = directory.temporary("spare-" + made++);
            try {
                preallocation.make(file, bytes);
            } catch (IOException e) {
                throw HsmException.auditUnavailable("the audit log cannot take another " + bytes + " bytes in "
                                + directory.path() + " (" + e.getMessage() + "); make room there and try again")
                        .causedBy(e);
            }
            ready.add(file);
        }
    }

    /** Makes a spare in the background, before it is needed. */
    void provideSoon() {
        background.execute(() -> {
            try {
                provide(1);
            } catch (HsmException e) {
                return; // who needs the spare tries again, and then hears of it
            }
        });
    }

    /** Makes a segment of a spare, on disk when this returns. */
    synchronized Segment begin(SegmentHeader header, AuditKeys keys) throws IOException {
        provide(1);
        Segment segment = Segment.begin(directory, ready.element(), header, keys);
        ready.remove();
        return segment;
    }

    /** Gives the space back. */
    synchronized void release() throws IOException {
        released = true;
        background.shutdownNow();
        while (!ready.isEmpty()) {
            Files.deleteIfExists(ready.remove());
        }
    }
}
