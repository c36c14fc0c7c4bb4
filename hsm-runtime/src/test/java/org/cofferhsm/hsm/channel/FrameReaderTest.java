package org.cofferhsm.hsm.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {

    /** Gives no more than a few bytes at each read. */
    private record Trickle(ByteBuffer bytes, int most) implements ReadableByteChannel {

        @Override
        public int read(ByteBuffer into) {
            if (!bytes.hasRemaining()) {
                return -1;
            }
            int count = Math.min(Math.min(most, into.remaining()), bytes.remaining());
            into.put(bytes.slice(bytes.position(), count));
            bytes.position(bytes.position() + count);
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    private static FrameReader reader(ByteBuffer bytes, int most) {
        return new FrameReader(new Trickle(bytes, most), new Stall(), FrameRoom.UNLIMITED);
    }

    /** Frames whose bodies have these lengths; each byte says its place in the body. */
    private static ByteBuffer frames(int... bodies) {
        ByteBuffer all = ByteBuffer.allocate(
                bodies.length * 16 + java.util.Arrays.stream(bodies).sum());
        for (int i = 0; i < bodies.length; i++) {
            all.putInt(12 + bodies[i]).putLong(i).putInt(100 + i).put(body(bodies[i]));
        }
        return all.flip();
    }

    private static byte[] body(int length) {
        byte[] body = new byte[length];
        for (int i = 0; i < length; i++) {
            body[i] = (byte) (i * 7);
        }
        return body;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 16, 4095, 1 << 20})
    void readsEachFrameWhateverPiecesItArrivesIn(int most) throws IOException {
        int[] bodies = {0, 1, 100, 16_368, 16_369, 0, 40_000, 9_000, 9_000, 200_000, 5};
        FrameReader reader = reader(frames(bodies), most);

        for (int i = 0; i < bodies.length; i++) {
            Frame frame = reader.next().orElseThrow();
            byte[] body = new byte[frame.body().remaining()];
            frame.body().get(body);
            assertThat(frame.id()).isEqualTo(i);
            assertThat(frame.code()).isEqualTo(100 + i);
            assertThat(body).isEqualTo(body(bodies[i]));
        }
        assertThat(reader.next()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 11, -1, Integer.MIN_VALUE, (1 << 24) + 1, Integer.MAX_VALUE})
    void refusesALengthThatLies(int length) {
        ByteBuffer lie = ByteBuffer.allocate(64).putInt(0, length);

        assertThatThrownBy(() -> reader(lie, 64).next()).isInstanceOf(BrokenFrameException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 15, 16, 20, 17_000})
    void refusesAFrameThatIsCutOff(int bytes) {
        ByteBuffer cut = frames(50_000).limit(bytes);

        assertThatThrownBy(() -> reader(cut, 1000).next())
                .isInstanceOf(BrokenFrameException.class)
                .hasMessageContaining("ended within");
    }

    @Test
    void takesMemoryOnlyAsBytesArrive() {
        ByteBuffer header = ByteBuffer.allocate(4).putInt(1 << 24).flip();
        long before = allocated();
        for (int i = 0; i < 100; i++) {
            FrameReader reader = reader(header.duplicate(), 4);
            assertThatThrownBy(reader::next).isInstanceOf(BrokenFrameException.class);
        }

        assertThat(allocated() - before).isLessThan(100L << 20);
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }

    @Test
    void wipesAFrameWhenTheNextIsRead() throws IOException {
        FrameReader reader = reader(frames(100, 0, 30_000, 0), 1 << 20);
        ByteBuffer small = reader.next().orElseThrow().body();
        reader.next();
        ByteBuffer large = reader.next().orElseThrow().body();
        reader.next();
        assertThat(reader.next()).isEmpty();

        assertThat(zero(small)).isTrue();
        assertThat(zero(large)).isTrue();
    }

    private static boolean zero(ByteBuffer bytes) {
        return bytes.mismatch(ByteBuffer.allocate(bytes.remaining())) < 0;
    }

    @Test
    void givesNoMoreTimeForEachByteThatArrives() throws Exception {
        Stall stall = new Stall();
        stall.begin();
        java.time.Duration before = java.time.Duration.ofMillis(20);
        Eventually.holds(() -> stall.longerThan(before));

        stall.beginUnlessBegun();

        assertThat(stall.longerThan(before)).isTrue();
    }

    @Test
    void takesRoomForALargeFrameUntilTheNextAndNoneForASmallOne() throws IOException {
        LargeRequests requests = LargeRequests.least(java.time.Duration.ofMillis(1));
        ByteBuffer two = ByteBuffer.allocate(2 * (4 + Frame.MAX_LENGTH));
        two.putInt(Frame.MAX_LENGTH)
                .position(4 + Frame.MAX_LENGTH)
                .putInt(Frame.MAX_LENGTH)
                .rewind();
        FrameReader holder = reader(two.duplicate(), requests);
        FrameReader same = reader(two.duplicate(), requests);

        assertThat(holder.next()).isPresent();
        assertThat(reader(frames(100), requests).next()).isPresent();
        assertThatThrownBy(same::next).isInstanceOf(BrokenFrameException.class).hasMessageContaining("memory");
        assertThat(holder.next()).as("its own room").isPresent();
        holder.forget();
        assertThat(reader(two.duplicate(), requests).next()).isPresent();
    }

    private static FrameReader reader(ByteBuffer bytes, LargeRequests requests) {
        return new FrameReader(
                Channels.newChannel(new ByteArrayInputStream(bytes.array())), new Stall(), requests.of("mallory"));
    }

    @Test
    void saysThatAFrameIsUnfinished() throws IOException {
        Stall stall = new Stall();
        ByteBuffer half = frames(100).limit(50);
        FrameReader reader = new FrameReader(
                Channels.newChannel(new ByteArrayInputStream(half.array(), 0, 50)), stall, FrameRoom.UNLIMITED);

        assertThat(stall.longerThan(java.time.Duration.ZERO)).isFalse();
        assertThatThrownBy(reader::next).isInstanceOf(BrokenFrameException.class);
        assertThat(stall.longerThan(java.time.Duration.ZERO)).isTrue();
    }
}
