package org.cofferhsm.hsm.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.cofferhsm.hsm.audit.AuditEvent.ChangeMark;
import org.cofferhsm.hsm.key.Octets;

/** A log in a directory that tests write, take apart and put together again. */
record SampleLog(Path path, TestKeys keys) {

    static final Octets MODULE = Octets.ofHex("00112233445566778899aabbccddeeff");

    /** The smallest segments: some 700 sample records each. */
    static final AuditSettings SETTINGS =
            AuditSettings.of(MODULE).withSegmentBytes(128 << 10).withCheckpointEvery(50);

    static SampleLog in(Path path) {
        return new SampleLog(path, TestKeys.of(7));
    }

    static AuditEvent use(long number) {
        return new AuditEvent(
                "payroll", "sign", number, "OK", "SHA256_RSA_PKCS_PSS", Octets.of(new byte[32]), Optional.empty());
    }

    static AuditEvent change(long number) {
        ChangeMark mark =
                new ChangeMark(number, Octets.of(Sha256.of(Long.toString(number).getBytes(StandardCharsets.US_ASCII))));
        return new AuditEvent("admin", "generate", number, "OK", "AES 256", Octets.EMPTY, Optional.of(mark));
    }

    AuditLog open() {
        return AuditLog.open(path, keys, SETTINGS);
    }

    /** Adds this many uses, and closes the log. */
    SampleLog with(int uses) {
        try (AuditLog log = open()) {
            for (int i = 1; i <= uses; i++) {
                log.record(use(i));
            }
        }
        return this;
    }

    AuditReport verify() {
        return AuditVerifier.of(keys).verify(path);
    }

    List<Path> segments() {
        try {
            return new LogDirectory(path).segments();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path segment(int index) {
        return segments().get(index);
    }

    Path head() {
        return path.resolve(HeadFile.NAME);
    }

    /** The records of a segment, as they stand there. */
    List<Frame> frames(int segment) {
        List<Frame> frames = new ArrayList<>();
        try (FrameReader reader = FrameReader.open(segment(segment))) {
            reader.seek(SealedPage.SIZE);
            while (reader.next() instanceof Frame frame) {
                frames.add(frame);
            }
            return frames;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts these records where the segment's records stood. */
    void putFrames(int segment, List<Frame> frames) {
        edit(segment(segment), bytes -> {
            Arrays.fill(bytes, SealedPage.SIZE, bytes.length, (byte) 0);
            int at = SealedPage.SIZE;
            for (Frame frame : frames) {
                byte[] record = frame.toBytes();
                System.arraycopy(record, 0, bytes, at, record.length);
                at += record.length;
            }
        });
    }

    /** Changes the bytes of a file. */
    static void edit(Path file, Consumer<byte[]> change) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            change.accept(bytes);
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files as another process sees them now: what is left when this one is killed. */
    SampleLog copyTo(Path target) {
        try (Stream<Path> files = Files.list(path)) {
            Files.createDirectories(target);
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
            return new SampleLog(target, keys);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
