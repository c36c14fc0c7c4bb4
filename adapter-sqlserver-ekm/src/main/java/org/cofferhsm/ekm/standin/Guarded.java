package org.cofferhsm.ekm.standin;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;

/** Memory lent to a provider, with a canary on either side: who writes past it is found out. */
final class Guarded implements AutoCloseable {

    private static final int GUARD = 64;
    private static final byte CANARY = (byte) 0xc5;

    private final Memory memory;
    private final int size;

    Guarded(int size) {
        this.size = size;
        memory = new Memory(GUARD + (long) size + GUARD);
        memory.setMemory(0, memory.size(), CANARY);
    }

    static Guarded of(byte[] bytes) {
        Guarded made = new Guarded(bytes.length);
        made.pointer().write(0, bytes, 0, bytes.length);
        return made;
    }

    Pointer pointer() {
        return memory.share(GUARD);
    }

    int size() {
        return size;
    }

    byte[] bytes(int length) {
        return memory.getByteArray(GUARD, length);
    }

    /** Complains when anything but so many of its bytes was written. */
    void requireIntact(int written) {
        byte[] all = memory.getByteArray(0, (int) memory.size());
        for (int i = 0; i < all.length; i++) {
            boolean inside = i >= GUARD && i < GUARD + written;
            if (!inside && all[i] != CANARY) {
                throw new IllegalStateException("the provider wrote at " + (i - GUARD) + " of a buffer of " + size
                        + " bytes, of which " + written + " were its own to write");
            }
        }
    }

    /** Wipes it. */
    @Override
    public void close() {
        memory.clear();
        memory.close();
    }
}
