package org.cofferhsm.hsm.channel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import java.util.Optional;

/**
 * Takes frames off a connection. Small ones are read in place, in memory that is used again; a large one gets memory in
 * steps, as its bytes arrive, so that a length alone costs nothing. Both are wiped before the next frame.
 */
final class FrameReader {

    /** Most frames fit; outside the heap, so that the JDK makes no copy of what may be a secret. */
    static final int IN_PLACE = 16 * 1024;

    private static final byte[] NOTHING = {};

    private final ReadableByteChannel source;
    private final Stall stall;
    private final FrameRoom room;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(IN_PLACE).limit(0);
    private int consumed;
    private byte[] large = NOTHING;
    private int taken;

    /**
     * @param stall learns when a frame has begun that is not whole, and when it is
     * @param room for frames that are not read in place
     */
    FrameReader(ReadableByteChannel source, Stall stall, FrameRoom room) {
        this.source = source;
        this.stall = stall;
        this.room = room;
    }

    /** The next frame; empty when the other side has closed the connection after a whole one. */
    Optional<Frame> next() throws IOException {
        return next(Frame.MAX_LENGTH);
    }

    /** The next frame, of which nobody knows yet whether it is wanted, so that it has to be small. */
    Optional<Frame> nextSmall() throws IOException {
        return next(IN_PLACE - Frame.LENGTH_BYTES);
    }

    private Optional<Frame> next(int most) throws IOException {
        forget();
        if (!fill(Frame.LENGTH_BYTES)) {
            return Optional.empty();
        }
        int length = buffer.getInt(consumed);
        if (length < Frame.MIN_LENGTH || length > most) {
            throw new BrokenFrameException("a frame cannot have " + Integer.toUnsignedString(length) + " bytes here");
        }
        int whole = Frame.LENGTH_BYTES + length;
        Frame frame = whole <= IN_PLACE ? inPlace(whole) : inSteps(whole);
        stall.end();
        return Optional.of(frame);
    }

    private Frame inPlace(int whole) throws IOException {
        need(whole);
        Frame frame = frame(buffer.slice(consumed, whole));
        consumed += whole;
        return frame;
    }

    /** Doubles the memory each time that what is there has been filled. */
    private Frame inSteps(int whole) throws IOException {
        stall.beginUnlessBegun();
        room.take(whole);
        taken = whole;
        large = new byte[IN_PLACE];
        int filled = buffer.limit() - consumed;
        buffer.get(consumed, large, 0, filled);
        consumed = buffer.limit();
        while (filled < whole) {
            if (filled == large.length) {
                grow(Math.min(whole, large.length * 2));
            }
            filled += part(filled, Math.min(large.length, whole) - filled);
        }
        return frame(ByteBuffer.wrap(large, 0, whole).slice());
    }

    private void grow(int size) {
        byte[] small = large;
        large = Arrays.copyOf(small, size);
        Arrays.fill(small, (byte) 0);
    }

    /** Goes through the buffer outside the heap; what it held before has been consumed. */
    private int part(int at, int wanted) throws IOException {
        wipe();
        buffer.limit(Math.min(wanted, IN_PLACE));
        if (source.read(buffer) < 0) {
            throw ended();
        }
        int got = buffer.position();
        buffer.flip().get(large, at, got);
        consumed = buffer.limit();
        return got;
    }

    private static Frame frame(ByteBuffer whole) {
        long id = whole.getLong(Frame.LENGTH_BYTES);
        int code = whole.getInt(Frame.LENGTH_BYTES + Long.BYTES);
        return new Frame(id, code, whole.position(Frame.LENGTH_BYTES + Frame.HEADER_BYTES));
    }

    private void need(int bytes) throws IOException {
        if (!fill(bytes)) {
            throw ended();
        }
    }

    /** Reads until so many bytes are there; false when the connection ends before the first of them. */
    private boolean fill(int bytes) throws IOException {
        if (consumed + bytes > IN_PLACE) {
            moveToFront();
        }
        while (buffer.limit() - consumed < bytes) {
            int end = buffer.limit();
            if (end > consumed) {
                stall.beginUnlessBegun();
            }
            buffer.position(end).limit(IN_PLACE);
            int got = source.read(buffer);
            buffer.limit(buffer.position()).position(0);
            if (got < 0) {
                return requireNothing(end);
            }
        }
        return true;
    }

    private boolean requireNothing(int end) throws IOException {
        if (end > consumed) {
            throw ended();
        }
        return false;
    }

    private static BrokenFrameException ended() {
        return new BrokenFrameException("the connection ended within a frame");
    }

    private void moveToFront() {
        int left = buffer.limit() - consumed;
        buffer.put(0, buffer, consumed, left);
        Zeros.into(buffer, left, buffer.limit());
        buffer.position(0).limit(left);
        consumed = 0;
    }

    /** Wipes what was consumed. */
    void forget() {
        Arrays.fill(large, (byte) 0);
        large = NOTHING;
        if (taken > 0) {
            room.giveBack(taken);
            taken = 0;
        }
        if (consumed == buffer.limit()) {
            wipe();
        }
    }

    private void wipe() {
        Zeros.into(buffer, 0, buffer.limit());
        buffer.position(0).limit(0);
        consumed = 0;
    }
}
