package org.cofferhsm.tde.h2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.h2.store.fs.FileBaseDefault;

/** A file on a disk that has room for so many bytes more: the write that needs more is cut short, the next one fails. */
final class FullDisk extends FileBaseDefault {
    private final FileChannel file;
    private long room = Long.MAX_VALUE;

    FullDisk(FileChannel file) {
        this.file = file;
    }

    void leave(long bytes) {
        room = bytes;
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        return file.read(target, position);
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
        if (room == 0) {
            throw new IOException("No space left on device");
        }
        int count = (int) Math.min(room, source.remaining());
        int written = file.write(source.slice(source.position(), count), position);
        source.position(source.position() + written);
        room -= written;
        return written;
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    protected void implTruncate(long size) throws IOException {
        file.truncate(size);
    }
}
