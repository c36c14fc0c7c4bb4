package org.cofferhsm.hsm.spi;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that all clients of one service together may have it keep between two calls, such as ciphertext whose tag is
 * still to come. It is bounded by the heap, and for each client once more, so that none takes it from all others.
 */
public final class KeptMemory {

    private static final int PART_OF_HEAP = 8;
    private static final int PART_OF_ONE_CLIENT = 4;
    private static final long MOST_OF_ONE_CLIENT = 256L << 20;

    private final long most;
    private final AtomicLong all = new AtomicLong();

    private KeptMemory(long most) {
        this.most = most;
    }

    /** As much as the heap of this process can bear. */
    public static KeptMemory ofThisProcess() {
        return of(Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
    }

    /** So many bytes. */
    public static KeptMemory of(long most) {
        return new KeptMemory(most);
    }

    /** What one more client has of it. */
    public Share share() {
        return new Share(Math.min(MOST_OF_ONE_CLIENT, most / PART_OF_ONE_CLIENT));
    }

    /** What one client has kept, and how much it may. Safe for use by several threads. */
    public final class Share {

        private final long mostOfClient;
        private final AtomicLong own = new AtomicLong();

        private Share(long mostOfClient) {
            this.mostOfClient = mostOfClient;
        }

        /** Counts so many bytes more; false when there is no room for them, and then they are not counted. */
        public boolean take(long bytes) {
            boolean room = own.addAndGet(bytes) <= mostOfClient & all.addAndGet(bytes) <= most;
            if (!room) {
                giveBack(bytes);
            }
            return room;
        }

        public void giveBack(long bytes) {
            own.addAndGet(-bytes);
            all.addAndGet(-bytes);
        }
    }
}
