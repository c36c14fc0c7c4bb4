package org.cofferhsm.hsm.audit;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.cofferhsm.hsm.audit.AuditEvent.ChangeMark;
import org.cofferhsm.hsm.audit.LogEnd.History;
import org.cofferhsm.hsm.error.HsmException;
import org.jspecify.annotations.Nullable;

/**
 * The one place where records are chained and put into a segment. Safe for use by several threads; nothing is written
 * by a call that complains of too little room.
 */
final class Appender {

    private final AuditKeys keys;
    private final AuditSettings settings;
    private final SpareSegments spares;
    private final Chain chain;
    private Segment segment;
    private History history;
    private boolean spareAsked;
    private @Nullable String closedBecause;

    Appender(AuditKeys keys, AuditSettings settings, SpareSegments spares, LogEnd end) throws IOException {
        this.keys = keys;
        this.settings = settings;
        this.spares = spares;
        this.chain = end.chain();
        this.history = end.history();
        this.segment = Segment.resume(end.file(), end.header(), end.position());
        removeDebris(end);
    }

    private void removeDebris(LogEnd end) throws IOException {
        int to = end.position() + end.debris();
        segment.clearTo(to);
        segment.force(end.position(), to);
    }

    /**
     * Where the log ends now.
     *
     * @param sequence the last record
     * @param hash its chain hash
     */
    record Position(Segment segment, int offset, long sequence, byte[] hash) {}

    synchronized Position position() {
        return new Position(segment, segment.position(), chain.sequence(), chain.recordHash());
    }

    synchronized Optional<ChangeMark> lastChange() {
        return history.lastChange();
    }

    /** Appends a use; gives its number. Leaves the last room of a full disk to changes. */
    synchronized long append(Entry use) throws IOException {
        requireOpen();
        provideRoom(use.size() + segment.capacity() / 8);
        write(use);
        return chain.sequence();
    }

    /** Appends all of them; gives the number of the last. */
    synchronized long append(List<Entry> changes) throws IOException {
        requireOpen();
        provideRoom(changes.stream().mapToInt(Entry::size).sum());
        for (Entry change : changes) {
            write(change);
        }
        return chain.sequence();
    }

    /** Sees to it that so many bytes of records have room; complains by {@code auditUnavailable}. */
    synchronized void provideRoom(int bytes) {
        requireOpen();
        if (segment.remaining() < bytes + 2 * Checkpoint.MAX_BYTES) {
            spares.provide(1 + bytes / usable(spares.bytes()));
        }
    }

    /** Complains by {@code auditUnavailable} after the log was closed or has failed. */
    synchronized void requireOpen() {
        if (closedBecause != null) {
            throw HsmException.auditUnavailable(closedBecause);
        }
    }

    /** Nothing more is written, not even by a call that has begun and waits; the first reason counts. */
    synchronized void close(String reason) {
        if (closedBecause == null) {
            closedBecause = reason;
        }
    }

    /** Signs what is not yet signed, and nothing more is written after that; gives false when that was so already. */
    synchronized boolean finish(String reason) {
        if (closedBecause != null) {
            return false;
        }
        sign();
        closedBecause = reason;
        return true;
    }

    private void sign() {
        if (history.unsigned() > 0 && segment.remaining() >= Checkpoint.MAX_BYTES) {
            put(Checkpoint.content(chain, history.lastChange(), micros(), keys));
            history = history.signed();
        }
    }

    /** What is left of a segment when its header, its last checkpoint and an unlucky end are taken away. */
    private static int usable(int segmentBytes) {
        return segmentBytes - SealedPage.SIZE - 2 * Checkpoint.MAX_BYTES - Frame.MAX_BYTES;
    }

    private void write(Entry entry) throws IOException {
        if (segment.remaining() < entry.size() + 2 * Checkpoint.MAX_BYTES) {
            beginSegment();
        } else if (history.unsigned() >= settings.checkpointEvery()) {
            sign();
        }
        Frame.stamp(entry.content(), Frame.EVENT, chain.sequence() + 1, micros());
        put(entry.content());
        history = history.with(entry.change());
        if (!spareAsked && segment.remaining() < segment.capacity() / 2) {
            spareAsked = true;
            spares.provideSoon();
        }
    }

    private void put(byte[] content) {
        byte[] hash = chain.hashOf(content);
        segment.append(content, hash, keys.mac(hash));
        chain.advance(hash);
    }

    /** Under the lock: until the full segment is on disk and the next one has its name, no record has a place (decision 24). */
    private void beginSegment() throws IOException {
        spares.provide(1);
        sign();
        segment.force(0, segment.position());
        SegmentHeader header = segment.header().following(chain, spares.bytes(), history.lastChange());
        segment = spares.begin(header, keys);
        spareAsked = false;
        chain.restart(header.hash());
    }

    private long micros() {
        Clock clock = settings.clock();
        Instant now = clock.instant();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
    }
}
