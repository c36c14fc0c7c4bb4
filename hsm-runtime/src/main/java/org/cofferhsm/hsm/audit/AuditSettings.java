package org.cofferhsm.hsm.audit;

import java.time.Clock;
import java.time.Duration;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;

/**
 * How a log is kept.
 *
 * @param module the module's identity, written into each segment; at most 64 bytes
 * @param syncEveryUse whether every record is on disk before its call returns
 * @param segmentBytes the size of a segment file, from 128 KiB to 1 GiB
 * @param checkpointEvery how many records there are at the most between two signed checkpoints
 * @param syncWithin how long a record of a use may be in the operating system's memory only
 */
public record AuditSettings(
        Octets module, boolean syncEveryUse, int segmentBytes, int checkpointEvery, Duration syncWithin, Clock clock) {

    private static final int MIN_SEGMENT = 128 << 10;
    private static final int MAX_SEGMENT = 1 << 30;

    public AuditSettings {
        require(module.length() <= SegmentHeader.MAX_MODULE, "a module's identity has at most 64 bytes");
        require(segmentBytes >= MIN_SEGMENT && segmentBytes <= MAX_SEGMENT, "a segment has 128 KiB to 1 GiB");
        require(checkpointEvery > 0, "there is at least one record between two checkpoints");
        require(syncWithin.toMillis() > 0, "records are synced within a time of at least a millisecond");
    }

    /** The usual settings: segments of 4 MiB, a checkpoint every 4096 records, synced within half a second. */
    public static AuditSettings of(Octets module) {
        return new AuditSettings(module, false, 4 << 20, 4096, Duration.ofMillis(500), Clock.systemUTC());
    }

    public AuditSettings withSyncEveryUse(boolean every) {
        return new AuditSettings(module, every, segmentBytes, checkpointEvery, syncWithin, clock);
    }

    public AuditSettings withSegmentBytes(int bytes) {
        return new AuditSettings(module, syncEveryUse, bytes, checkpointEvery, syncWithin, clock);
    }

    public AuditSettings withCheckpointEvery(int records) {
        return new AuditSettings(module, syncEveryUse, segmentBytes, records, syncWithin, clock);
    }

    public AuditSettings withSyncWithin(Duration time) {
        return new AuditSettings(module, syncEveryUse, segmentBytes, checkpointEvery, time, clock);
    }

    public AuditSettings withClock(Clock other) {
        return new AuditSettings(module, syncEveryUse, segmentBytes, checkpointEvery, syncWithin, other);
    }

    private static void require(boolean condition, String rule) {
        if (!condition) {
            throw HsmException.argumentInvalid(rule);
        }
    }
}
