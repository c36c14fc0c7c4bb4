package org.cofferhsm.hsm.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.cofferhsm.hsm.spi.MessageWriter;
import org.junit.jupiter.api.Test;

class FrameWriterTest {

    private static final class Sink implements WritableByteChannel {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int writes;

        @Override
        public int write(ByteBuffer from) {
            writes++;
            int count = from.remaining();
            byte[] all = new byte[count];
            from.get(all);
            bytes.writeBytes(all);
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    private final Sink sink = new Sink();
    private final FrameWriter writer = new FrameWriter(sink);

    @Test
    void writesASmallFrameAtOnce() throws IOException {
        writer.write(0x0102030405060708L, 0xffff0006, new MessageWriter(8).u16(0xabcd));

        assertThat(sink.writes).isEqualTo(1);
        assertThat(sink.bytes.toByteArray())
                .containsExactly(0, 0, 0, 14, 1, 2, 3, 4, 5, 6, 7, 8, 0xff, 0xff, 0, 6, 0xab, 0xcd);
    }

    @Test
    void writesALargeFrameWhole() throws IOException {
        byte[] body = new byte[100_000];
        new java.util.Random(1).nextBytes(body);
        writer.write(7, 0, new MessageWriter(8).raw(body));
        writer.write(8, 0, new MessageWriter(8));

        assertThat(ByteBuffer.wrap(sink.bytes.toByteArray(), 16, body.length)).isEqualTo(ByteBuffer.wrap(body));
        assertThat(ByteBuffer.wrap(sink.bytes.toByteArray()).getInt(16 + body.length))
                .isEqualTo(12);
    }

    @Test
    void refusesWhatNoFrameHolds() {
        MessageWriter body = new MessageWriter(8).raw(new byte[(1 << 24) - 11]);

        assertThat(FrameWriter.fits(body)).isFalse();
        assertThatThrownBy(() -> writer.write(1, 0, body)).isInstanceOf(BrokenFrameException.class);
        assertThat(sink.writes).isZero();
    }
}
