package org.cofferhsm.hsm.seal;

import java.nio.ByteBuffer;
import java.util.List;

/** Memory outside the Java heap without any protection: where the operating system offers none, or refused a page. */
final class PlainMemory implements LockedMemory {

    private final ByteBuffer memory;
    private final String why;

    PlainMemory(int count, String why) {
        this.memory = ByteBuffer.allocateDirect(count);
        this.why = why;
    }

    @Override
    public void write(byte[] bytes) {
        memory.put(0, bytes);
    }

    @Override
    public void read(byte[] target) {
        memory.get(0, target);
    }

    @Override
    public List<Protection> protections() {
        return List.of(
                Protection.refused(LOCKED, why),
                Protection.refused(SECRET, why),
                Protection.refused(NO_DUMP, why),
                Protection.refused(NO_FORK, why));
    }

    @Override
    public void close() {
        memory.put(0, new byte[memory.capacity()]);
    }
}
