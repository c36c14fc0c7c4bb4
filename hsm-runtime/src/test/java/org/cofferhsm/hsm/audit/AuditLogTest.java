package org.cofferhsm.hsm.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Octets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {

    @TempDir
    private Path directory;

    private SampleLog sample;

    @BeforeEach
    void setUp() {
        sample = SampleLog.in(directory.resolve("audit"));
    }

    @Test
    void keepsRecordsInOrderWithoutGaps() {
        sample.with(3);
        List<AuditRecord> records = AuditReader.of(sample.path()).read(1, 10);
        assertThat(records).extracting(AuditRecord::sequence).containsExactly(1L, 2L, 3L, 4L);
        assertThat(records.subList(0, 3))
                .extracting(AuditRecord::event)
                .containsExactly(SampleLog.use(1), SampleLog.use(2), SampleLog.use(3));
        assertThat(records.get(3).event().operation()).isEqualTo(AuditRecord.CHECKPOINT);
        assertThat(records.get(3).event().detail()).isEqualTo("signed up to record 3");
        assertThat(records.get(0).time()).isBetween(Instant.now().minusSeconds(60), Instant.now());
    }

    @Test
    void goesOnAfterBeingOpenedAgain() {
        sample.with(10).with(20).with(0).with(30);
        AuditReport report = sample.verify();
        assertThat(report.firstBad()).isEmpty();
        assertThat(report.records()).isEqualTo(63);
        assertThat(report.assurance().checkpoints()).isEqualTo(3);
        assertThat(report.assurance().signedTo()).isEqualTo(62);
    }

    @Test
    void rollsOverSegmentsWithCheckpointsAtEachEnd() {
        sample.with(3000);
        assertThat(sample.segments()).hasSizeGreaterThan(4);
        for (int i = 0; i < sample.segments().size(); i++) {
            List<Frame> frames = sample.frames(i);
            assertThat(frames.get(frames.size() - 1).type()).isEqualTo(Frame.CHECKPOINT);
        }
        AuditReport report = sample.verify();
        assertThat(report.firstBad()).isEmpty();
        assertThat(report.segments()).isEqualTo(sample.segments().size());
        assertThat(report.assurance().checkpoints()).isGreaterThanOrEqualTo(60);
        assertThat(AuditReader.of(sample.path()).read(2000, 3))
                .extracting(AuditRecord::sequence)
                .containsExactly(2000L, 2001L, 2002L);
        assertThat(AuditReader.of(sample.path()).read(1, Integer.MAX_VALUE)).hasSize((int) report.records());
    }

    @Test
    void remembersTheLastChangeUnderManyUses() {
        try (AuditLog log = sample.open()) {
            assertThat(log.lastChange()).isEmpty();
            log.recordDurably(List.of(SampleLog.change(1), SampleLog.change(2)));
            IntStream.range(0, 3000).forEach(i -> log.record(SampleLog.use(i)));
            assertThat(log.lastChange()).isEqualTo(SampleLog.change(2).change());
        }
        try (AuditLog log = sample.open()) {
            assertThat(log.lastChange()).isEqualTo(SampleLog.change(2).change());
        }
    }

    @Test
    void verifiesAtAnyMomentWhileSeveralThreadsWrite() throws Exception {
        try (AuditLog log = sample.open()) {
            List<Thread> writers = IntStream.range(0, 4)
                    .mapToObj(writer -> new Thread(() -> {
                        for (int i = 0; i < 1000; i++) {
                            if (i % 100 == 0) {
                                log.recordDurably(List.of(SampleLog.change(i)));
                            } else {
                                log.record(SampleLog.use(writer));
                            }
                        }
                    }))
                    .toList();
            writers.forEach(Thread::start);
            for (int i = 0; i < 10; i++) {
                AuditReport report = sample.verify();
                assertThat(report.firstBad()).isEmpty();
            }
            for (Thread writer : writers) {
                writer.join();
            }
        }
        assertThat(sample.verify().firstBad()).isEmpty();
        List<AuditRecord> records = AuditReader.of(sample.path()).read(1, Integer.MAX_VALUE);
        assertThat(records)
                .extracting(AuditRecord::sequence)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, records.size()).boxed().toList());
        assertThat(records.stream().filter(r -> !r.event().operation().equals(AuditRecord.CHECKPOINT)))
                .hasSize(4000);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void letsGoOfItsFilesEvenIfASpareCannotBeRemoved() throws IOException {
        AuditLog log = sample.open();
        log.reserve(2); // more than the segment has room for
        Path spare = aSpare();
        Files.delete(spare);
        Files.createFile(Files.createDirectory(spare).resolve("in the way"));
        assertThat(openFiles()).contains(sample.head());

        assertThatThrownBy(log::close)
                .isInstanceOf(HsmException.class)
                .hasMessageContaining("the audit log's files could not be released");

        assertThat(openFiles()).doesNotContain(sample.head());
    }

    private Path aSpare() throws IOException {
        try (Stream<Path> files = Files.list(sample.path())) {
            return files.filter(file -> file.toString().endsWith(".tmp"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static List<Path> openFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.map(AuditLogTest::target).toList();
        }
    }

    private static Path target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor);
        } catch (IOException e) {
            return descriptor; // closed since it was listed
        }
    }

    @Test
    void keepsTheSequenceWhenTheClockGoesBack() {
        Instant late = Instant.parse("2026-05-01T12:00:00.123456Z");
        try (AuditLog log = openAt(late)) {
            log.record(SampleLog.use(1));
        }
        Instant early = Instant.parse("1969-12-31T23:59:59.999999Z");
        try (AuditLog log = openAt(early)) {
            log.record(SampleLog.use(2));
        }
        List<AuditRecord> records = AuditReader.of(sample.path()).read(1, 10);
        assertThat(records).extracting(AuditRecord::time).containsExactly(late, late, early, early);
        assertThat(sample.verify().firstBad()).isEmpty();
    }

    private AuditLog openAt(Instant time) {
        return AuditLog.open(
                sample.path(), sample.keys(), SampleLog.SETTINGS.withClock(Clock.fixed(time, ZoneOffset.UTC)));
    }

    @Test
    void bringsChangesToDiskBeforeReturningAndUsesSoonAfter() throws Exception {
        try (AuditLog log = sample.open()) {
            log.recordDurably(List.of(SampleLog.change(1)));
            assertThat(onDisk()).isEqualTo(1);
            log.record(SampleLog.use(2));
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (onDisk() < 2 && System.nanoTime() < deadline) {
                Thread.sleep(20);
            }
            assertThat(onDisk()).isEqualTo(2);
        }
    }

    @Test
    void bringsEachUseToDiskWhenAsked() throws Exception {
        try (AuditLog log = AuditLog.open(
                sample.path(),
                sample.keys(),
                SampleLog.SETTINGS.withSyncEveryUse(true).withSyncWithin(Duration.ofHours(1)))) {
            log.record(SampleLog.use(1));
            assertThat(onDisk()).isEqualTo(1);
        }
    }

    private long onDisk() throws IOException {
        return HeadFile.read(sample.path(), MacCheck.by(sample.keys()))
                .orElseThrow()
                .sequence();
    }

    @Test
    void writesNothingOnAFullDiskAndRecovers() {
        AtomicBoolean full = new AtomicBoolean();
        Preallocation disk = (file, bytes) -> {
            if (full.get()) {
                throw new IOException("No space left on device");
            }
            Preallocation.byWritingZeros().make(file, bytes);
        };
        try (AuditLog log = AuditLog.open(sample.path(), sample.keys(), SampleLog.SETTINGS, disk)) {
            full.set(true);
            long written = recordUntilRefused(log);
            assertThat(log.lastSequence()).isEqualTo(written);
            assertUnavailable(() -> log.reserve(2), "No space left on device");
            log.recordDurably(List.of(SampleLog.change(1))); // the last room is for changes
            full.set(false);
            log.record(SampleLog.use(1));
            log.reserve(20);
            IntStream.range(0, 2000).forEach(i -> log.record(SampleLog.use(i)));
        }
        assertThat(sample.verify().firstBad()).isEmpty();
    }

    private static long recordUntilRefused(AuditLog log) {
        while (true) {
            long before = log.lastSequence();
            try {
                log.record(SampleLog.use(1));
            } catch (HsmException e) {
                assertThat(e.reason()).isEqualTo(Reason.AUDIT_UNAVAILABLE);
                assertThat(e.retryHelps()).isTrue();
                return before;
            }
        }
    }

    @Test
    void recordsAllOfSeveralChangesOrNone() {
        AuditEvent tooLong = new AuditEvent("n".repeat(70_000), "x", 0, "OK", "", Octets.EMPTY, Optional.empty());
        try (AuditLog log = sample.open()) {
            assertThatThrownBy(() -> log.recordDurably(List.of(SampleLog.change(1), tooLong)))
                    .isInstanceOf(HsmException.class);
            assertThat(log.lastSequence()).isZero();
            AuditEvent big = new AuditEvent("n".repeat(60_000), "x", 0, "OK", "", Octets.EMPTY, Optional.empty());
            log.recordDurably(List.of(big, big, big, big, big));
            assertThat(log.lastSequence()).isGreaterThanOrEqualTo(5);
        }
        assertThat(sample.verify().firstBad()).isEmpty();
    }

    @Test
    void survivesAnInterruptOfTheRecordingThread() {
        try (AuditLog log = sample.open()) {
            for (int i = 0; i < 1500; i++) {
                Thread.currentThread().interrupt();
                if (i % 25 == 0) {
                    log.recordDurably(List.of(SampleLog.change(i)));
                } else {
                    log.record(SampleLog.use(i));
                }
                assertThat(Thread.interrupted()).isTrue();
            }
        }
        assertThat(sample.verify().firstBad()).isEmpty();
        assertThat(sample.segments()).hasSizeGreaterThan(1);
    }

    @Test
    void refusesToRecordAfterClose() {
        AuditLog log = sample.open();
        log.close();
        log.close();
        assertUnavailable(() -> log.record(SampleLog.use(1)), "closed");
    }

    @Test
    void leavesNoSpareBehind() throws IOException {
        sample.with(600);
        try (var files = Files.list(sample.path())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("head", "segment-0000000000000001.log");
        }
    }

    @Test
    void isReadableByItsOwnerOnly() throws IOException {
        sample.with(1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(sample.path())))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(sample.segment(0))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(sample.head())))
                .isEqualTo("rw-------");
    }

    private static void assertUnavailable(ThrowingCallable call, String words) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        HsmException.class, e -> assertThat(e.reason()).isEqualTo(Reason.AUDIT_UNAVAILABLE))
                .hasMessageContaining(words);
    }
}
