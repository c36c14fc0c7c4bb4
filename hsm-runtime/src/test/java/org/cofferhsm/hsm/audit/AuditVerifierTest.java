package org.cofferhsm.hsm.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.cofferhsm.hsm.audit.AuditReport.Fault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditVerifierTest {

    @TempDir
    private Path directory;

    private SampleLog sample;

    @BeforeEach
    void setUp() {
        sample = SampleLog.in(directory.resolve("audit")).with(1500);
    }

    private void assertFirstBad(long sequence, Fault... faults) {
        assertFirstBad(sample.verify(), sequence, faults);
        assertFirstBad(AuditVerifier.trusting(sample.keys().publicKey()).verify(sample.path()), sequence, faults);
    }

    private static void assertFirstBad(AuditReport report, long sequence, Fault... faults) {
        assertThat(report.isSound()).isFalse();
        assertThat(report.firstBad().orElseThrow().sequence()).isEqualTo(sequence);
        assertThat(report.firstBad().orElseThrow().fault()).isIn((Object[]) faults);
        assertThat(report.records()).isLessThanOrEqualTo(sequence);
    }

    @Test
    void findsASoundLogSound() {
        AuditReport report = sample.verify();
        assertThat(report.firstBad()).isEmpty();
        assertThat(report.assurance().macsChecked()).isTrue();
        assertThat(report.assurance().unfinishedBytes()).isZero();
        assertThat(AuditVerifier.trustingTheLog().verify(sample.path()).firstBad())
                .isEmpty();
        assertThat(AuditVerifier.trusting(sample.keys().publicKey())
                        .verify(sample.path())
                        .assurance()
                        .macsChecked())
                .isFalse();
    }

    @Nested
    class Altered {

        @Test
        void eachBitOfAnEventAndOfACheckpoint() throws IOException {
            for (int index : new int[] {20, 50}) {
                Frame frame = sample.frames(0).get(index);
                byte[] pristine = Files.readAllBytes(sample.segment(0));
                for (int i = 0; i < frame.toBytes().length; i++) {
                    byte[] altered = pristine.clone();
                    altered[(int) frame.offset() + i] ^= (byte) (1 << (i % 8));
                    Files.write(sample.segment(0), altered);
                    assertFirstBad(
                            sample.verify(),
                            index + 1,
                            Fault.ALTERED,
                            Fault.MAC_WRONG,
                            Fault.OUT_OF_ORDER,
                            Fault.MISSING);
                }
                Files.write(sample.segment(0), pristine);
            }
        }

        @Test
        void numberOfARecord() {
            Frame frame = sample.frames(0).get(9);
            SampleLog.edit(sample.segment(0), bytes -> bytes[(int) frame.offset() + Frame.SEQUENCE_AT + 7] += 5);
            assertFirstBad(10, Fault.ALTERED);
        }

        @Test
        void lastRecordOfAll() {
            int last = sample.segments().size() - 1;
            List<Frame> frames = sample.frames(last);
            Frame frame = frames.get(frames.size() - 1);
            SampleLog.edit(sample.segment(last), bytes -> bytes[(int) frame.offset() + 30] ^= 1);
            assertFirstBad(frame.sequence(), Fault.ALTERED);
        }

        @Test
        void eachByteOfAHeader() throws IOException {
            byte[] pristine = Files.readAllBytes(sample.segment(1));
            long first = sample.frames(1).get(0).sequence();
            for (int i = 0; i < SealedPage.SIZE; i += i < 600 ? 11 : 389) {
                byte[] altered = pristine.clone();
                altered[i] ^= 0x10;
                Files.write(sample.segment(1), altered);
                assertFirstBad(sample.verify(), first, Fault.ALTERED);
            }
        }

        @Test
        void bothPagesOfTheHead() {
            SampleLog.edit(sample.head(), bytes -> {
                bytes[30] ^= 1;
                bytes[SealedPage.SIZE + 30] ^= 1;
            });
            assertFirstBad(sample.verify().records() + 1, Fault.HEAD_WRONG);
        }

        @Test
        void unusedBytesOfAFinishedSegment() {
            long next = sample.frames(1).get(0).sequence();
            SampleLog.edit(sample.segment(0), bytes -> bytes[bytes.length - 1] = 1);
            assertFirstBad(next, Fault.ALTERED);
        }
    }

    @Nested
    class Moved {

        private final List<Frame> frames = new ArrayList<>();

        @BeforeEach
        void setUp() {
            frames.addAll(sample.frames(0));
        }

        @Test
        void droppedRecord() {
            frames.remove(99);
            sample.putFrames(0, frames);
            assertFirstBad(100, Fault.MISSING);
        }

        @Test
        void droppedLastRecordOfASegment() {
            frames.remove(frames.size() - 1);
            sample.putFrames(0, frames);
            assertFirstBad(frames.size() + 1, Fault.MISSING);
        }

        @Test
        void swappedRecords() {
            Collections.swap(frames, 99, 100);
            sample.putFrames(0, frames);
            assertFirstBad(100, Fault.OUT_OF_ORDER);
        }

        @Test
        void recordMovedFarBack() {
            frames.add(300, frames.remove(99));
            sample.putFrames(0, frames);
            assertFirstBad(100, Fault.OUT_OF_ORDER);
        }

        @Test
        void repeatedRecord() {
            frames.add(100, frames.get(99));
            sample.putFrames(0, frames.subList(0, 400));
            assertFirstBad(101, Fault.OUT_OF_ORDER);
        }

        @Test
        void droppedSegment() throws IOException {
            long first = sample.frames(1).get(0).sequence();
            Files.delete(sample.segment(1));
            assertFirstBad(first, Fault.MISSING);
        }

        @Test
        void firstSegmentDropped() throws IOException {
            Files.delete(sample.segment(0));
            assertFirstBad(1, Fault.MISSING);
        }

        @Test
        void swappedSegments() throws IOException {
            Path first = sample.segment(0);
            Path second = sample.segment(1);
            Path aside = sample.path().resolve("aside");
            Files.move(first, aside);
            Files.move(second, first);
            Files.move(aside, second);
            assertFirstBad(1, Fault.OUT_OF_ORDER);
        }

        @Test
        void repeatedSegment() throws IOException {
            List<Frame> last = sample.frames(sample.segments().size() - 1);
            long end = last.get(last.size() - 1).sequence() + 1;
            Files.copy(sample.segment(1), new LogDirectory(sample.path()).segment(end));
            assertFirstBad(end, Fault.OUT_OF_ORDER);
        }
    }

    @Nested
    class Truncated {

        @Test
        void fileOfTheLastSegment() throws IOException {
            int last = sample.segments().size() - 1;
            Frame frame = sample.frames(last).get(30);
            byte[] bytes = Files.readAllBytes(sample.segment(last));
            Files.write(sample.segment(last), Arrays.copyOf(bytes, (int) frame.offset()));
            assertFirstBad(frame.sequence(), Fault.TRUNCATED);
            Files.write(sample.segment(last), Arrays.copyOf(bytes, (int) frame.offset() + 60));
            assertFirstBad(frame.sequence(), Fault.TRUNCATED);
        }

        @Test
        void endOfTheLastSegmentZeroed() {
            int last = sample.segments().size() - 1;
            List<Frame> frames = sample.frames(last);
            sample.putFrames(last, frames.subList(0, 30));
            assertFirstBad(frames.get(30).sequence(), Fault.TRUNCATED);
        }

        @Test
        void lastSegmentDropped() throws IOException {
            int last = sample.segments().size() - 1;
            long first = sample.frames(last).get(0).sequence();
            Files.delete(sample.segment(last));
            assertFirstBad(first, Fault.TRUNCATED);
        }

        @Test
        void headDropped() throws IOException {
            Files.delete(sample.head());
            assertFirstBad(sample.verify().records() + 1, Fault.HEAD_WRONG);
        }
    }

    @Nested
    class Forged {

        @Test
        void byAnotherMacKey() {
            TestKeys other = TestKeys.with(8, sample.keys().pair());
            assertThat(AuditVerifier.of(other).verify(sample.path()).isSound()).isFalse();
            assertThat(AuditVerifier.trusting(other.publicKey())
                            .verify(sample.path())
                            .isSound())
                    .isTrue();
        }

        @Test
        void byAnotherModule() {
            SampleLog forged = SampleLog.in(directory.resolve("forged")).with(10);
            AuditReport report =
                    AuditVerifier.trusting(sample.keys().publicKey()).verify(forged.path());
            assertFirstBad(report, 1, Fault.SIGNATURE_WRONG);
        }

        @Test
        void withoutTheSignatureKey() {
            Path forged = directory.resolve("forged");
            try (AuditLog log = AuditLog.open(forged, new Thief(sample.keys()), SampleLog.SETTINGS)) {
                for (int i = 0; i < 60; i++) {
                    log.record(SampleLog.use(i));
                }
            }
            AuditReport report =
                    AuditVerifier.trusting(sample.keys().publicKey()).verify(forged);
            assertFirstBad(report, 51, Fault.SIGNATURE_WRONG);
        }

        /** Knows the MAC key and names the module's public key, but signs with a key of its own. */
        private record Thief(TestKeys keys) implements AuditKeys {
            @Override
            public byte[] mac(byte[] hash) {
                return keys.mac(hash);
            }

            @Override
            public byte[] sign(byte[] checkpoint) {
                return TestKeys.of(7).sign(checkpoint);
            }

            @Override
            public byte[] publicKey() {
                return keys.publicKey();
            }
        }
    }

    @Test
    void answersWithAReportWhateverTheFilesHold() throws IOException {
        SampleLog small = SampleLog.in(directory.resolve("small")).with(5);
        byte[] segment = Files.readAllBytes(small.segment(0));
        byte[] head = Files.readAllBytes(small.head());
        int used = (int) small.frames(0).get(5).end();
        Random random = new Random(20260102);
        int bad = 0;
        for (int i = 0; i < 1000; i++) {
            Files.write(small.segment(0), mutated(segment, used, random));
            Files.write(small.head(), i % 3 == 0 ? mutated(head, 4000, random) : head);
            bad += small.verify().isSound() ? 0 : 1;
            AuditVerifier.trustingTheLog().verify(small.path());
        }
        assertThat(bad).isGreaterThan(700);
    }

    private static byte[] mutated(byte[] pristine, int used, Random random) {
        byte[] bytes = pristine.clone();
        switch (random.nextInt(4)) {
            case 0 -> bytes[random.nextInt(used)] = (byte) random.nextInt();
            case 1 -> {
                byte[] noise = new byte[1 + random.nextInt(used)];
                random.nextBytes(noise);
                System.arraycopy(noise, 0, bytes, random.nextInt(used), noise.length);
            }
            case 2 -> bytes = Arrays.copyOf(bytes, random.nextInt(used));
            default -> System.arraycopy(pristine, random.nextInt(used / 2), bytes, random.nextInt(used / 2), used / 4);
        }
        return bytes;
    }
}
