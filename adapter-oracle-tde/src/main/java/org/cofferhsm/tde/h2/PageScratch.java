package org.cofferhsm.tde.h2;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** What one thread needs to work on pages: a cipher and room for a run of them. */
record PageScratch(PageCipher cipher, byte[] bytes) {

    /** The longest run. */
    static final int PAGES = 16;

    static PageScratch of(PageKeys keys) {
        return new PageScratch(keys.cipher(), new byte[PAGES * Pages.BYTES]);
    }

    ByteBuffer buffer(int length) {
        return ByteBuffer.wrap(bytes, 0, length);
    }

    void encrypt(PageRun run) {
        cipher.encrypt(run.first() * Pages.BYTES, bytes, run.count() * Pages.BYTES);
    }

    void decrypt(long position, int length) {
        cipher.decrypt(position, bytes, length);
    }

    void wipe() {
        Arrays.fill(bytes, (byte) 0);
        cipher.wipe();
    }
}
