package org.cofferhsm.hsm.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.AbstractThrowableAssert;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Octets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What opening a log makes of one that a crash, or a hand, has left. */
class AuditRecoveryTest {

    private static final int PAGE = 4096;

    @TempDir
    private Path directory;

    private SampleLog sample;

    @BeforeEach
    void setUp() {
        sample = SampleLog.in(directory.resolve("audit"));
    }

    /** A log whose process was killed after this many durable changes and so many uses that were not synced. */
    private SampleLog killedAfter(int durable, int unsynced) {
        AuditSettings lazy = SampleLog.SETTINGS.withSyncWithin(Duration.ofHours(1));
        try (AuditLog log = AuditLog.open(sample.path(), sample.keys(), lazy)) {
            for (int i = 1; i <= durable; i++) {
                log.recordDurably(List.of(SampleLog.change(i)));
            }
            for (int i = 1; i <= unsynced; i++) {
                log.record(SampleLog.use(i));
            }
            return sample.copyTo(directory.resolve("killed"));
        }
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertTampered(SampleLog log) {
        return assertThatThrownBy(() -> log.open().close())
                .isInstanceOfSatisfying(
                        HsmException.class, e -> assertThat(e.reason()).isEqualTo(Reason.AUDIT_TAMPERED));
    }

    private static void assertSoundAfterOpening(SampleLog log, long records) {
        try (AuditLog open = log.open()) {
            open.record(SampleLog.use(99));
            assertThat(open.lastSequence()).isEqualTo(records);
        }
        AuditReport report = log.verify();
        assertThat(report.firstBad()).isEmpty();
        assertThat(report.assurance().unfinishedBytes()).isZero();
    }

    @Test
    void keepsEveryWholeRecordAfterAKill() {
        SampleLog killed = killedAfter(3, 20);
        assertThat(killed.verify().firstBad()).isEmpty();
        assertSoundAfterOpening(killed, 24);
    }

    @Test
    void cutsOffARecordWhoseLengthWasNotWrittenYet() {
        SampleLog killed = killedAfter(3, 20);
        Frame last = killed.frames(0).get(22);
        SampleLog.edit(
                killed.segment(0), bytes -> Arrays.fill(bytes, (int) last.offset(), (int) last.offset() + 4, (byte) 0));
        assertThat(killed.verify().assurance().unfinishedBytes()).isPositive();
        assertSoundAfterOpening(killed, 24); // the one that was cut off, told by the one that says so
        AuditEvent repair = AuditReader.of(killed.path()).read(23, 1).get(0).event();
        assertThat(repair.operation()).isEqualTo(AuditRecord.REPAIR);
        assertThat(repair.detail()).endsWith("bytes of unfinished records were cut off");
    }

    @Test
    void cutsOffWhereverTheLastRecordWasTorn() {
        SampleLog killed = killedAfter(1, 2);
        Frame last = killed.frames(0).get(2);
        for (int cut = 4; cut < last.toBytes().length; cut += 7) {
            SampleLog torn = killed.copyTo(directory.resolve("torn" + cut));
            int from = (int) last.offset() + cut;
            SampleLog.edit(torn.segment(0), bytes -> Arrays.fill(bytes, from, (int) last.end(), (byte) 0));
            assertSoundAfterOpening(torn, 4);
        }
    }

    @Test
    void keepsWhatWasSyncedWhateverALossOfPowerTakes() throws IOException {
        SampleLog killed = killedAfter(10, 400);
        long forced = killed.frames(0).get(9).end();
        long end = killed.frames(0).get(killed.frames(0).size() - 1).end();
        byte[] full = Files.readAllBytes(killed.segment(0));
        Random random = new Random(20260104);
        for (int i = 0; i < 60; i++) {
            byte[] left = full.clone();
            for (int at = (int) (forced / PAGE * PAGE); at < end; at += PAGE) {
                if (random.nextBoolean()) { // this page never reached the disk since the last force
                    int from = (int) Math.max(at, forced);
                    Arrays.fill(left, from, Math.max(from, at + PAGE), (byte) 0);
                }
            }
            SampleLog lost = killed.copyTo(directory.resolve("lost"));
            Files.write(lost.segment(0), left);
            try (AuditLog log = lost.open()) {
                assertThat(log.lastChange()).isEqualTo(SampleLog.change(10).change());
                log.record(SampleLog.use(1));
            }
            assertThat(lost.verify().firstBad()).isEmpty();
            assertThat(AuditReader.of(lost.path()).read(1, 10))
                    .extracting(record -> record.event().operation())
                    .containsOnly("generate");
        }
    }

    @Test
    void acceptsALostSectorInsideALongRecordThatWasNotSynced() {
        AuditEvent big = new AuditEvent("n".repeat(5000), "x", 0, "OK", "", Octets.EMPTY, Optional.empty());
        try (AuditLog log =
                AuditLog.open(sample.path(), sample.keys(), SampleLog.SETTINGS.withSyncWithin(Duration.ofHours(1)))) {
            log.recordDurably(List.of(SampleLog.change(1)));
            log.record(big);
            log.record(SampleLog.use(1));
            SampleLog killed = sample.copyTo(directory.resolve("killed"));
            SampleLog.edit(killed.segment(0), bytes -> Arrays.fill(bytes, 2 * PAGE - 1024, 2 * PAGE - 512, (byte) 0));
            assertSoundAfterOpening(killed, 3);
            SampleLog altered = sample.copyTo(directory.resolve("altered"));
            SampleLog.edit(altered.segment(0), bytes -> Arrays.fill(bytes, 2 * PAGE - 1024, 2 * PAGE - 600, (byte) 0));
            assertTampered(altered).hasMessageContaining("record 2");
        }
    }

    @Test
    void refusesAnAlteredRecordThatGoodOnesFollow() {
        for (int number : new int[] {2, 15, 22}) { // synced, and not
            SampleLog killed = killedAfter(3, 20).copyTo(directory.resolve("altered" + number));
            Frame frame = killed.frames(0).get(number - 1);
            for (int at : new int[] {20, 40, frame.content().length + 3, frame.content().length + 40}) {
                SampleLog.edit(killed.segment(0), bytes -> bytes[(int) frame.offset() + at] ^= 4);
                assertTampered(killed).hasMessageContaining("at record " + number + ":");
                SampleLog.edit(killed.segment(0), bytes -> bytes[(int) frame.offset() + at] ^= 4);
            }
            killed.open().close();
        }
    }

    @Test
    void refusesMissingRecordsByTheirNumbers() {
        SampleLog killed = killedAfter(12, 0);
        List<Frame> frames = killed.frames(0);
        killed.putFrames(0, frames.subList(0, 7));
        assertTampered(killed).hasMessageContaining("records 8 to 12 are missing");
        Collections.swap(frames, 3, 4);
        killed.putFrames(0, frames);
        assertTampered(killed).hasMessageContaining("at record 4:");
    }

    @Test
    void refusesAShorterCopyPutBackUnderTheHead() throws IOException {
        sample.with(5);
        SampleLog old = sample.copyTo(directory.resolve("old"));
        sample.with(5);
        Files.copy(old.segment(0), sample.segment(0), StandardCopyOption.REPLACE_EXISTING);
        assertTampered(sample).hasMessageContaining("records 7 to 12 are missing");
    }

    @Test
    void refusesAnotherLogOfTheSameModuleUnderTheHead() throws IOException {
        sample.with(5);
        SampleLog other = new SampleLog(directory.resolve("other"), sample.keys()).with(5);
        Files.copy(other.segment(0), sample.segment(0), StandardCopyOption.REPLACE_EXISTING);
        assertTampered(sample).hasMessageContaining("the head of the log knows another record of this number");
    }

    @Test
    void refusesAMissingOrForeignHead() throws IOException {
        sample.with(5);
        byte[] head = Files.readAllBytes(sample.head());
        Files.delete(sample.head());
        assertTampered(sample).hasMessageContaining("head");
        Files.write(sample.head(), new byte[head.length]);
        assertTampered(sample).hasMessageContaining("head");
        SampleLog stranger = SampleLog.in(directory.resolve("stranger")).with(5);
        Files.copy(stranger.head(), sample.head(), StandardCopyOption.REPLACE_EXISTING);
        assertTampered(sample).hasMessageContaining("head");
    }

    @Test
    void bearsAHeadPageTornByALossOfPower() throws IOException {
        sample.with(5).with(5);
        byte[] head = Files.readAllBytes(sample.head());
        for (int page = 0; page < 2; page++) {
            byte[] torn = head.clone();
            Arrays.fill(torn, page * SealedPage.SIZE + 20, (page + 1) * SealedPage.SIZE, (byte) 0);
            SampleLog copy = sample.copyTo(directory.resolve("torn" + page));
            Files.write(copy.head(), torn);
            assertSoundAfterOpening(copy, 13);
        }
    }

    @Test
    void refusesMissingAlteredOrForeignSegments() throws IOException {
        sample.with(2500);
        SampleLog first = sample.copyTo(directory.resolve("first"));
        Files.delete(first.segment(0));
        assertTampered(first);
        SampleLog middle = sample.copyTo(directory.resolve("middle"));
        Files.delete(middle.segment(1));
        assertTampered(middle);
        SampleLog last = sample.copyTo(directory.resolve("last"));
        Files.delete(last.segment(last.segments().size() - 1));
        assertTampered(last).hasMessageContaining("are missing");
        SampleLog all = sample.copyTo(directory.resolve("all"));
        for (Path segment : all.segments()) {
            Files.delete(segment);
        }
        assertTampered(all).hasMessageContaining("records 1 to ");
        SampleLog header = sample.copyTo(directory.resolve("header"));
        SampleLog.edit(header.segment(1), bytes -> bytes[20] ^= 1);
        assertTampered(header);
        SampleLog size = sample.copyTo(directory.resolve("size"));
        Files.write(size.segment(0), new byte[1], StandardOpenOption.APPEND);
        assertTampered(size);
        SampleLog stranger = SampleLog.in(directory.resolve("stranger")).with(5);
        Files.copy(stranger.segment(0), sample.segment(0), StandardCopyOption.REPLACE_EXISTING);
        assertTampered(sample);
    }

    @Test
    void goesOnAfterACrashBetweenTwoSegments() throws IOException {
        try (AuditLog log = sample.open()) {
            while (sample.segments().size() < 2) {
                log.record(SampleLog.use(1));
            }
            SampleLog killed = sample.copyTo(directory.resolve("killed"));
            Files.delete(killed.segment(1)); // not yet there: the first one is closed by its checkpoint
            long closed = killed.frames(0).size();
            assertSoundAfterOpening(killed, closed + 1);
        }
    }

    @Test
    void removesWhatAnInterruptedStartLeft() throws IOException {
        sample.with(1);
        Files.write(sample.path().resolve("spare-0.tmp"), new byte[100]);
        Files.write(sample.path().resolve("head.tmp"), new byte[100]);
        sample.with(1);
        assertThat(sample.path().resolve("spare-0.tmp")).doesNotExist();
        assertThat(sample.path().resolve("head.tmp")).doesNotExist();
    }

    @Test
    void opensOrRefusesWhateverTheFilesHold() throws IOException {
        SampleLog small = sample.with(5);
        byte[] segment = Files.readAllBytes(small.segment(0));
        byte[] head = Files.readAllBytes(small.head());
        int used = (int) small.frames(0).get(5).end();
        Path file = small.segment(0);
        Random random = new Random(20260105);
        int refused = 0;
        for (int i = 0; i < 400; i++) {
            byte[] bytes = segment.clone();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                bytes[random.nextInt(used)] = (byte) random.nextInt();
            }
            Files.write(file, i % 10 == 0 ? Arrays.copyOf(bytes, random.nextInt(used)) : bytes);
            Files.write(small.head(), head);
            refused += refuses(small) ? 1 : 0;
            readsOrRefuses(small);
        }
        assertThat(refused).isGreaterThan(380);
    }

    private static boolean refuses(SampleLog log) {
        try {
            log.open().close();
            return false;
        } catch (HsmException e) {
            assertThat(e.reason()).isEqualTo(Reason.AUDIT_TAMPERED);
            return true;
        }
    }

    private static void readsOrRefuses(SampleLog log) {
        try {
            AuditReader.of(log.path()).read(1, 100);
        } catch (HsmException e) {
            assertThat(e.reason()).isEqualTo(Reason.AUDIT_TAMPERED);
        }
    }
}
