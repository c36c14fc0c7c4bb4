package org.cofferhsm.tde.h2;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** What one thread needs to work on pages: a cipher and room for a run of them. */
record PageScratch(PageCipher cipher, byte[] bytes) {

    /** The longest run. */
    static final int PAGES = 32;

    static PageScratch of(PageKeys keys) {
        return new PageScratch(keys.cipher(), new byte[PAGES * Pages.BYTES]);
    }

    ByteBuffer buffer(int pages) {
        return ByteBuffer.wrap(bytes, 0, pages * Pages.BYTES);
    }

    void encrypt(long first, int pages) {
        for (int i = 0; i < pages; i++) {
            cipher.encrypt(first + i, bytes, i * Pages.BYTES, Pages.BYTES);
        }
    }

    void decrypt(long first, int pages) {
        for (int i = 0; i < pages; i++) {
            cipher.decrypt(first + i, bytes, i * Pages.BYTES, Pages.BYTES);
        }
    }

    void wipe() {
        Arrays.fill(bytes, (byte) 0);
        cipher.wipe();
    }
}
