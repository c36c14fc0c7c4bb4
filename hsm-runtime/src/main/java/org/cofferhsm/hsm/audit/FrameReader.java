package org.cofferhsm.hsm.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reads the records of a segment file one after the other, whatever the file holds, in bounded memory. */
final class FrameReader implements AutoCloseable {

    private static final int BUFFER = 4 * Frame.MAX_BYTES;
    private static final ByteBuffer ZEROS = ByteBuffer.allocate(BUFFER).asReadOnlyBuffer();

    private final FileChannel channel;
    private final long size;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).limit(0);
    private long bufferStart;
    private long position;

    private FrameReader(FileChannel channel, long size) {
        this.channel = channel;
        this.size = size;
    }

    static FrameReader open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new FrameReader(channel, channel.size());
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** The size of the file, in bytes. */
    long size() {
        return size;
    }

    /** The first {@code count} bytes of the file, or as many as there are. */
    byte[] start(int count) throws IOException {
        position = 0;
        byte[] bytes = new byte[available(count)];
        buffer.get(0, bytes);
        return bytes;
    }

    void seek(long offset) {
        position = offset;
    }

    /** The next record; at a place where there is none, always the same gap. */
    Slot next() throws IOException {
        if (available(Integer.BYTES) < Integer.BYTES) {
            return new Gap(position, true);
        }
        int length = buffer.getInt(at());
        if (length < Frame.PREFIX || length > Frame.MAX_CONTENT || available(length + Frame.TRAILER) == 0) {
            return new Gap(position, length == 0);
        }
        Frame frame = new Frame(
                position,
                bytes(0, length),
                bytes(length, Sha256.LENGTH),
                bytes(length + Sha256.LENGTH, Frame.MAC_LENGTH));
        position = frame.end();
        return frame;
    }

    /** Where the last byte that is not zero stands, from {@code from} on; -1 when there is none. */
    long lastNonZero(long from) throws IOException {
        long last = -1;
        for (position = from; position < size; position += BUFFER) {
            int count = available((int) Math.min(BUFFER, size - position));
            if (isZero(count)) {
                continue; // nearly always: a segment is mostly empty, and looking at each byte is slow
            }
            for (int i = count - 1; i >= 0; i--) {
                if (buffer.get(at() + i) != 0) {
                    last = position + i;
                    break;
                }
            }
        }
        return last;
    }

    private boolean isZero(int count) {
        return buffer.slice(at(), count).mismatch(ZEROS.slice(0, count)) < 0;
    }

    private byte[] bytes(int skip, int count) {
        byte[] bytes = new byte[count];
        buffer.get(at() + skip, bytes);
        return bytes;
    }

    private int at() {
        return (int) (position - bufferStart);
    }

    /** Makes {@code count} bytes from the position on available: as many, or fewer at the end of the file (then 0). */
    private int available(int count) throws IOException {
        if (position + count > size) {
            return 0;
        }
        if (position < bufferStart || position + count > bufferStart + buffer.limit()) {
            fill();
        }
        return position + count <= bufferStart + buffer.limit() ? count : 0;
    }

    private void fill() throws IOException {
        bufferStart = position;
        buffer.clear();
        while (buffer.hasRemaining() && channel.read(buffer, bufferStart + buffer.position()) >= 0) {
            continue;
        }
        buffer.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
