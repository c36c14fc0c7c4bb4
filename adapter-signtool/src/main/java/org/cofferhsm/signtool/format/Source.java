package org.cofferhsm.signtool.format;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Locale;
import org.cofferhsm.hsm.error.HsmException;

/**
 * A file to be read, by position and in pieces. Does not own the channel.
 *
 * @param path the file's name, for messages and for scripts' extensions
 * @param channel open for reading
 * @param size the file's size when it was opened; nothing beyond it is read
 */
public record Source(Path path, FileChannel channel, long size) {

    private static final int BUFFER_BYTES = 1 << 16;
    /** From here on memory outside the heap is worth making: reading, writing and hashing need not copy into it. */
    private static final long MUCH = 8L << 20;

    /** Takes the file as large as it is now. */
    public static Source of(Path path, FileChannel channel) throws IOException {
        return new Source(path, channel, channel.size());
    }

    /** What takes a file's bytes piece by piece; the buffer is reused. */
    @FunctionalInterface
    public interface Sink {
        void accept(ByteBuffer piece) throws IOException;
    }

    /**
     * The bytes from {@code offset} on, little-endian.
     *
     * @throws HsmException DATA_INVALID when the file ends before
     */
    public ByteBuffer read(long offset, int length) throws IOException {
        requireInside(offset, length);
        ByteBuffer buffer = ByteBuffer.allocate(length);
        fill(offset, buffer);
        return buffer.flip().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The first bytes, fewer than asked for when the file is shorter; little-endian. */
    public ByteBuffer head(int atMost) throws IOException {
        return read(0, (int) Math.min(atMost, size));
    }

    /** Passes the bytes from {@code from} to before {@code to} on, in pieces of at most 64 KB. */
    public void pass(long from, long to, Sink sink) throws IOException {
        requireInside(from, to - from);
        ByteBuffer buffer = to - from < MUCH
                ? ByteBuffer.allocate((int) Math.min(BUFFER_BYTES, to - from))
                : ByteBuffer.allocateDirect(BUFFER_BYTES);
        for (long at = from; at < to; at += buffer.limit()) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), to - at));
            fill(at, buffer);
            sink.accept(buffer.flip());
        }
    }

    /** Copies a range to the target's current position. */
    public void copy(long from, long to, FileChannel target) throws IOException {
        pass(from, to, piece -> {
            while (piece.hasRemaining()) {
                target.write(piece);
            }
        });
    }

    private void fill(long offset, ByteBuffer buffer) throws IOException {
        long start = offset - buffer.position();
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, start + buffer.position()) < 0) {
                throw new EOFException(path + " became shorter while it was read");
            }
        }
    }

    private void requireInside(long offset, long length) {
        if (offset < 0 || length < 0 || offset > size || length > size - offset) {
            throw HsmException.dataInvalid(path + " is damaged: it has " + size + " bytes, but its headers speak of "
                    + length + " bytes from " + offset);
        }
    }

    /** The file name's extension in lower case, without the dot; empty without one. */
    public String extension() {
        String name = String.valueOf(path.getFileName());
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }
}
