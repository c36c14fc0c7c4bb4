package org.cofferhsm.hsm.audit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.invoke.VarHandle;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.cofferhsm.hsm.file.Uninterrupted;

/**
 * The segment file that is written now, mapped into memory: what is put there is the operating system's at once and
 * survives the end of this process; {@link #force} brings it to disk.
 */
final class Segment {

    private final SegmentHeader header;
    private final MappedByteBuffer memory;
    private int position;

    private Segment(SegmentHeader header, MappedByteBuffer memory, int position) {
        this.header = header;
        this.memory = memory;
        this.position = position;
    }

    /** Goes on in a segment whose last record ends at {@code position}. */
    static Segment resume(Path file, SegmentHeader header, int position) throws IOException {
        return new Segment(header, map(file, header.segmentBytes()), position);
    }

    /** Writes the header into a file of zeros and gives it its name, on disk when this returns. */
    static Segment begin(LogDirectory directory, Path zeros, SegmentHeader header, AuditKeys keys) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(zeros.toFile(), "rw")) {
            file.write(header.toPage(keys));
            file.getFD().sync();
        }
        Path file = directory.segment(header.firstSequence());
        directory.publish(zeros, file);
        return resume(file, header, SealedPage.SIZE);
    }

    private static MappedByteBuffer map(Path file, int bytes) throws IOException {
        return Uninterrupted.run(() -> {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                return channel.map(MapMode.READ_WRITE, 0, bytes);
            }
        });
    }

    SegmentHeader header() {
        return header;
    }

    /** Where the next record goes. */
    int position() {
        return position;
    }

    /** How many bytes are left. */
    int remaining() {
        return memory.capacity() - position;
    }

    int capacity() {
        return memory.capacity();
    }

    /** Appends a record. Its length is written last: until then the log ends before it. */
    void append(byte[] content, byte[] hash, byte[] mac) {
        int at = position;
        int trailer = at + content.length;
        memory.put(at + Integer.BYTES, content, Integer.BYTES, content.length - Integer.BYTES);
        memory.put(trailer, hash).put(trailer + Sha256.LENGTH, mac, 0, Frame.MAC_LENGTH);
        VarHandle.releaseFence();
        memory.putInt(at, content.length);
        position = trailer + Frame.TRAILER;
    }

    /** Overwrites what follows the last record with zeros, up to {@code end}. */
    void clearTo(int end) {
        memory.put(position, new byte[end - position]);
    }

    /** Brings the bytes between two places to disk. */
    void force(int from, int to) throws IOException {
        try {
            memory.force(from, to - from);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
