package org.cofferhsm.tde.h2;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.h2.store.fs.FileBaseDefault;

/** Where H2's own encryption keeps the salt for spilled results: in memory, a page at most. */
final class SpillSalt extends FileBaseDefault {

    private final byte[] page = new byte[Pages.BYTES];
    private int size;

    @Override
    public synchronized int read(ByteBuffer target, long position) {
        int count = (int) Math.min(target.remaining(), size - position);
        if (count <= 0) {
            return -1;
        }
        target.put(page, (int) position, count);
        return count;
    }

    @Override
    public synchronized int write(ByteBuffer source, long position) throws IOException {
        int count = source.remaining();
        if (position + count > page.length) {
            throw new IOException("the salt of spilled results has one page");
        }
        source.get(page, (int) position, count);
        size = Math.max(size, (int) position + count);
        return count;
    }

    @Override
    public synchronized long size() {
        return size;
    }

    @Override
    protected synchronized void implTruncate(long length) {
        size = (int) Math.min(size, length);
    }
}
