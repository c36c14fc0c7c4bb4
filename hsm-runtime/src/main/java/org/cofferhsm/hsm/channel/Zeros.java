package org.cofferhsm.hsm.channel;

import java.nio.ByteBuffer;

/** Wipes memory outside the heap, which {@code Arrays.fill} does not reach. */
final class Zeros {

    private static final byte[] BLOCK = new byte[4096];

    private Zeros() {}

    /** Overwrites the bytes from one index to another, whatever the limit says. */
    static void into(ByteBuffer buffer, int from, int to) {
        ByteBuffer all = buffer.duplicate().clear();
        for (int at = from; at < to; at += BLOCK.length) {
            all.put(at, BLOCK, 0, Math.min(BLOCK.length, to - at));
        }
    }
}
