package org.cofferhsm.hsm.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Everything that was done to a file, and what may be left of it when the power fails at some point. */
final class DiskLog implements Disk {

    private static final int SECTOR = 512;

    private final List<Step> steps = new ArrayList<>();

    private sealed interface Step {}

    private record Write(long position, byte[] bytes) implements Step {}

    private record Truncate(long size) implements Step {}

    private record Force() implements Step {}

    /** What becomes of the writes that no force followed. */
    enum Loss {
        DROPPED,
        KEPT_IN_PART,
        TORN
    }

    @Override
    public synchronized void write(long position, byte[] bytes) {
        steps.add(new Write(position, bytes));
    }

    @Override
    public synchronized void truncate(long size) {
        steps.add(new Truncate(size));
    }

    @Override
    public synchronized void force() {
        steps.add(new Force());
    }

    synchronized int length() {
        return steps.size();
    }

    /** The file when the power fails after so many steps. */
    byte[] after(int length, Loss loss, Random random) {
        int forced = length;
        while (forced > 0 && !(steps.get(forced - 1) instanceof Force)) {
            forced--;
        }
        Image image = new Image();
        steps.subList(0, forced).forEach(image::apply);
        for (Step step : steps.subList(forced, length)) {
            if (loss != Loss.DROPPED && random.nextBoolean()) {
                image.apply(loss == Loss.TORN ? torn(step, random) : step);
            }
        }
        return image.bytes();
    }

    /** A write of which some sectors arrive. */
    private static Step torn(Step step, Random random) {
        if (!(step instanceof Write write) || write.bytes().length <= SECTOR) {
            return step;
        }
        int sectors = (write.bytes().length + SECTOR - 1) / SECTOR;
        int first = random.nextInt(sectors);
        int last = first + random.nextInt(sectors - first);
        int end = Math.min((last + 1) * SECTOR, write.bytes().length);
        return new Write(
                write.position() + (long) first * SECTOR, Arrays.copyOfRange(write.bytes(), first * SECTOR, end));
    }

    private static final class Image {

        private ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
        private int size;

        void apply(Step step) {
            if (step instanceof Write write) {
                grow((int) write.position() + write.bytes().length);
                bytes.put((int) write.position(), write.bytes());
            } else if (step instanceof Truncate truncate && truncate.size() < size) {
                Arrays.fill(bytes.array(), (int) truncate.size(), size, (byte) 0);
                size = (int) truncate.size();
            }
        }

        private void grow(int end) {
            if (end > bytes.capacity()) {
                bytes = ByteBuffer.wrap(Arrays.copyOf(bytes.array(), Math.max(end, 2 * bytes.capacity())));
            }
            size = Math.max(size, end);
        }

        byte[] bytes() {
            return Arrays.copyOf(bytes.array(), size);
        }
    }
}
