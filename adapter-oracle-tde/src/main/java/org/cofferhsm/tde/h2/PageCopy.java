package org.cofferhsm.tde.h2;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.cofferhsm.hsm.error.HsmException;

/** Copies what a file holds in the clear into pages, and compares afterwards. */
record PageCopy(ClearSource source, long size, PageProgress progress) {

    private static final int CHUNK = PageScratch.PAGES * Pages.BYTES;

    /** Where the clear bytes come from. */
    interface ClearSource {
        int read(ByteBuffer target, long position) throws IOException;
    }

    void into(Pages target) throws IOException {
        byte[] chunk = new byte[CHUNK];
        byte[] back = new byte[CHUNK];
        try {
            for (long at = 0; at < size; at += CHUNK) {
                target.write(fill(chunk, at, source), at);
                progress.update(at / 2, size);
            }
            for (long at = 0; at < size; at += CHUNK) {
                compare(fill(chunk, at, source), fill(back, at, target::read), at);
                progress.update((size + at) / 2, size);
            }
            progress.update(size, size);
        } finally {
            Arrays.fill(chunk, (byte) 0);
            Arrays.fill(back, (byte) 0);
        }
    }

    private ByteBuffer fill(byte[] chunk, long at, ClearSource from) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(chunk, 0, (int) Math.min(CHUNK, size - at));
        while (buffer.hasRemaining()) {
            if (from.read(buffer, at + buffer.position()) < 0) {
                throw new EOFException("the file became shorter while it was read");
            }
        }
        return buffer.flip();
    }

    private static void compare(ByteBuffer expected, ByteBuffer actual, long at) {
        if (!expected.equals(actual)) {
            throw HsmException.internal("what was written at " + at + " does not read back; nothing was replaced");
        }
    }
}
