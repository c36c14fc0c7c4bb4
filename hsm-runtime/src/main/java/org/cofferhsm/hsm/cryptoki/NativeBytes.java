package org.cofferhsm.hsm.cryptoki;

import com.sun.jna.Memory;

/** Bytes in native memory. */
final class NativeBytes {

    private NativeBytes() {}

    /** A copy of the bytes; one byte of room when there are none, since no memory has no address. */
    static Memory of(byte[] bytes) {
        Memory memory = new Memory(Math.max(1, bytes.length));
        memory.write(0, bytes, 0, bytes.length);
        return memory;
    }
}
