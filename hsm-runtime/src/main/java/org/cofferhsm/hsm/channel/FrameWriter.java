package org.cofferhsm.hsm.channel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.cofferhsm.hsm.spi.MessageWriter;

/** Puts frames on a connection: one write for each that is not large. What was written is wiped. */
final class FrameWriter {

    private final WritableByteChannel sink;
    /** Outside the heap, so that the JDK makes no copy of what may be a secret. */
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(FrameReader.IN_PLACE);

    FrameWriter(WritableByteChannel sink) {
        this.sink = sink;
    }

    /** Whether a body fits into a frame. */
    static boolean fits(MessageWriter body) {
        return body.size() <= Frame.MAX_LENGTH - Frame.HEADER_BYTES;
    }

    /** Writes a whole frame. */
    void write(long id, int code, MessageWriter body) throws IOException {
        if (!fits(body)) {
            throw new BrokenFrameException("a frame cannot hold " + body.size() + " bytes");
        }
        ByteBuffer rest = body.written();
        int used = Math.min(Frame.LENGTH_BYTES + Frame.HEADER_BYTES + rest.remaining(), buffer.capacity());
        buffer.putInt(Frame.HEADER_BYTES + rest.remaining()).putLong(id).putInt(code);
        try {
            do {
                writePart(rest);
            } while (rest.hasRemaining());
        } finally {
            Zeros.into(buffer, 0, used);
            buffer.clear();
        }
    }

    private void writePart(ByteBuffer rest) throws IOException {
        int part = Math.min(rest.remaining(), buffer.remaining());
        buffer.put(rest.slice(rest.position(), part));
        rest.position(rest.position() + part);
        buffer.flip();
        while (buffer.hasRemaining()) {
            sink.write(buffer);
        }
        buffer.clear();
    }
}
