package org.cofferhsm.hsm.cryptoki;

import com.sun.jna.Memory;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;

/** CK_ULONGs in native memory, all zero at first; aligned or not. */
final class Words {

    private static final int WORD = 8;

    // Whoever holds this during a call holds the memory, too.
    private final Memory memory;
    private final Pointer start;

    Words(int count, int offset) {
        memory = new Memory((count + 1L) * WORD);
        memory.clear();
        start = memory.share(offset);
    }

    /** The address of the first. */
    Pointer start() {
        return start;
    }

    long first() {
        return start.getLong(0);
    }

    long[] all(int count) {
        return start.getLongArray(0, count);
    }

    NativeLong asHandle() {
        return new NativeLong(first());
    }
}
