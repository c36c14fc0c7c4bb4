package org.cofferhsm.signtool.format.msi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** What takes the changes of a compound file: the file itself, or somebody who only wants to know them. */
@FunctionalInterface
interface Edits {

    void put(long offset, byte[] bytes) throws IOException;

    default void put(long offset, int value) throws IOException {
        put(
                offset,
                ByteBuffer.allocate(Integer.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(value)
                        .array());
    }

    static Edits of(FileChannel target) {
        return (offset, bytes) -> {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                target.write(buffer, offset + buffer.position());
            }
        };
    }
}
