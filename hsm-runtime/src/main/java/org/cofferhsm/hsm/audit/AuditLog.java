package org.cofferhsm.hsm.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.cofferhsm.hsm.audit.AuditEvent.ChangeMark;
import org.cofferhsm.hsm.audit.LogOpening.Opened;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;

/**
 * The append-only log of one module: records chained by SHA-256 and HMAC, signed at checkpoints, in segment files.
 *
 * <p>Safe for use by several threads; one process owns the directory. After a failure to bring records to disk nobody
 * knows what is there, so everything more is refused until the log is opened, and so verified, again. A full disk is
 * not such a failure: nothing is written, and the log works again as soon as there is room.
 */
public final class AuditLog implements AutoCloseable {

    /** Under load the disk is kept busy, so that the change of segments has little left to wait for. */
    private static final int SYNC_EVERY = 4096;

    private final Appender appender;
    private final Syncer syncer;
    private final SpareSegments spares;
    private final ScheduledExecutorService background;
    private final boolean syncEveryUse;

    private AuditLog(Appender appender, HeadFile head, SpareSegments spares, AuditSettings settings) {
        this.appender = appender;
        this.syncer = new Syncer(appender, head);
        this.spares = spares;
        this.background = Background.thread();
        this.syncEveryUse = settings.syncEveryUse();
    }

    /**
     * Opens the log in a directory, or begins one there. Complains by {@code auditTampered} when the end of the log is
     * not what the module wrote, and by {@code auditUnavailable} when it cannot be read or written. An unfinished record
     * that a crash left is cut off, and the log says so.
     */
    public static AuditLog open(Path directory, AuditKeys keys, AuditSettings settings) {
        return open(directory, keys, settings, Preallocation.byWritingZeros());
    }

    static AuditLog open(Path path, AuditKeys keys, AuditSettings settings, Preallocation preallocation) {
        LogDirectory directory = new LogDirectory(path);
        SpareSegments spares = new SpareSegments(directory, preallocation, settings.segmentBytes());
        try {
            Opened opened = new LogOpening(directory, keys, settings, spares).open();
            Appender appender = new Appender(keys, settings, spares, opened.end());
            AuditLog log = new AuditLog(appender, opened.head(), spares, settings);
            log.begin(opened.end().debris(), settings.syncWithin().toMillis());
            return log;
        } catch (IOException e) {
            throw HsmException.auditUnavailable("the audit log in " + path + " cannot be opened: " + e.getMessage())
                    .causedBy(e);
        }
    }

    private void begin(int debris, long millis) {
        if (debris > 0) {
            String detail = debris + " bytes of unfinished records were cut off";
            recordDurably(
                    List.of(new AuditEvent("", AuditRecord.REPAIR, 0, "OK", detail, Octets.EMPTY, Optional.empty())));
        }
        background.scheduleWithFixedDelay(this::syncInBackground, millis, millis, TimeUnit.MILLISECONDS);
    }

    /** The last change of the store that the log has a record of. */
    public Optional<ChangeMark> lastChange() {
        return appender.lastChange();
    }

    /** The number of the last record; 0 in a new log. */
    public long lastSequence() {
        return appender.position().sequence();
    }

    /**
     * Records a use: written before this returns (it survives the end of the process), on disk within the configured
     * time. Complains by {@code auditUnavailable} when it cannot be written.
     */
    public void record(AuditEvent event) {
        Entry entry = Entry.of(event);
        perform(() -> {
            long sequence = appender.append(entry);
            if (syncEveryUse) {
                syncer.syncTo(sequence);
            } else if (sequence % SYNC_EVERY == 0) {
                background.execute(this::syncInBackground);
            }
        });
    }

    /** Records changes, all or none: on disk when this returns. */
    public void recordDurably(List<AuditEvent> events) {
        List<Entry> entries = events.stream().map(Entry::of).toList();
        perform(() -> syncer.syncTo(appender.append(entries)));
    }

    /** Makes sure that {@code events} more records have room, so that a change is not done that cannot be recorded. */
    public void reserve(int events) {
        perform(() -> appender.provideRoom(Math.multiplyExact(events, Frame.MAX_BYTES)));
    }

    /** Brings everything recorded so far to disk. */
    public void sync() {
        perform(() -> {
            appender.requireOpen();
            syncer.sync();
        });
    }

    private void syncInBackground() {
        try {
            sync();
        } catch (HsmException e) {
            return; // the log is closed, by perform() if not before, and says why to whoever uses it next
        }
    }

    /** A step that fails in an unknown state when it fails by an {@link IOException}. */
    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    private void perform(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            throw failed(e);
        } catch (Error e) { // also how Java reports that a page of a mapped file could not be read or written
            throw failed(e);
        }
    }

    private HsmException failed(Throwable cause) {
        String reason = "the audit log could not be written (" + cause.getMessage()
                + "); nothing more is recorded until the module is opened again";
        appender.close(reason);
        return HsmException.auditUnavailable(reason).causedBy(cause);
    }

    /** Signs what was recorded since the last checkpoint, brings it to disk and lets go of the files. */
    @Override
    public void close() {
        try {
            perform(this::finish);
        } finally {
            background.shutdown();
            release();
        }
    }

    private void finish() throws IOException {
        if (appender.finish("the audit log is closed")) {
            syncer.sync();
        }
    }

    private void release() {
        try (syncer) {
            spares.release();
        } catch (IOException e) {
            throw HsmException.auditUnavailable("the audit log's files could not be released: " + e.getMessage())
                    .causedBy(e);
        }
    }
}
