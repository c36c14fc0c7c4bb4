package org.cofferhsm.hsm.audit;

import java.io.IOException;
import org.cofferhsm.hsm.audit.Appender.Position;
import org.jspecify.annotations.Nullable;

/** Brings the log to disk, first the records, then the head that says so. One thread does it for all that wait. */
final class Syncer implements AutoCloseable {

    private final Appender appender;
    private final HeadFile head;
    private @Nullable Position synced;
    private boolean uncertain;

    Syncer(Appender appender, HeadFile head) {
        this.appender = appender;
        this.head = head;
    }

    /** All records up to this one are on disk when this returns. */
    synchronized void syncTo(long sequence) throws IOException {
        if (head.sequence() < sequence) {
            sync();
        }
    }

    /** All records so far are on disk when this returns. */
    synchronized void sync() throws IOException {
        if (uncertain) { // a second try may succeed without the pages of the first, which the system has dropped
            throw new IOException("it failed before");
        }
        Position now = appender.position();
        if (head.sequence() < now.sequence()) {
            uncertain = true;
            now.segment().force(syncedIn(now.segment()), now.offset());
            head.advance(now.sequence(), now.hash());
            synced = now;
            uncertain = false;
        }
    }

    /** What is on disk of a segment; a segment that is left was brought to disk whole. */
    private int syncedIn(Segment segment) {
        return synced != null && synced.segment() == segment ? synced.offset() : 0;
    }

    @Override
    public synchronized void close() throws IOException {
        head.close();
    }
}
