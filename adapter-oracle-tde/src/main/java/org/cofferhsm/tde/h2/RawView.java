package org.cofferhsm.tde.h2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.h2.store.fs.FileBaseDefault;

/**
 * A tablespace as it stands on disk, encrypted, for {@code BACKUP TO}: in pieces in which pages and their tags belong
 * together.
 */
final class RawView extends FileBaseDefault {

    private static final int PIECE = (PageLayout.GROUP + 1) * Pages.BYTES;

    private final FileChannel file;
    private final Pages pages;
    private final byte[] piece = new byte[PIECE];
    private long start = -1;
    private int length;

    RawView(FileChannel file, Pages pages) {
        this.file = file;
        this.pages = pages;
    }

    @Override
    public synchronized int read(ByteBuffer target, long position) throws IOException {
        if (start < 0 || position < start || position >= start + length) {
            load(position);
        }
        int at = (int) (position - start);
        int count = Math.min(target.remaining(), length - at);
        if (count <= 0) {
            return -1;
        }
        target.put(piece, at, count);
        return count;
    }

    private void load(long position) throws IOException {
        start = position < HeaderSlots.BYTES ? 0 : HeaderSlots.BYTES + (position - HeaderSlots.BYTES) / PIECE * PIECE;
        int wanted = start == 0 ? (int) HeaderSlots.BYTES : PIECE;
        length = pages.readRaw(ByteBuffer.wrap(piece, 0, wanted), start);
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    protected void implTruncate(long size) throws IOException {
        throw new IOException("a backup only reads");
    }
}
