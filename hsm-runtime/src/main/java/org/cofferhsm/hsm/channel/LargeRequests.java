package org.cofferhsm.hsm.channel;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The memory that large requests may take together. Who finds none waits; one user of the operating system gets at most half of
 * it, so that nobody can hold up the others.
 */
final class LargeRequests {

    /** A large request is copied into fields, results and a reply while it is answered. */
    private static final int SHARE_OF_HEAP = 16;

    private static final long LEAST = 2L * (Frame.LENGTH_BYTES + Frame.MAX_LENGTH);

    /** Shorter than a client's deadline, which it hears of this way. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final long most;
    private final Duration patience;
    private final Map<String, Long> byUser = new HashMap<>();
    private long taken;

    private LargeRequests(long most, Duration patience) {
        this.most = Math.max(most, LEAST);
        this.patience = patience;
    }

    /** As much as the heap of this process can bear. */
    static LargeRequests ofThisProcess() {
        return new LargeRequests(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP, PATIENCE);
    }

    /** The least: for one request of the largest kind of each of two users. */
    static LargeRequests least(Duration patience) {
        return new LargeRequests(LEAST, patience);
    }

    FrameRoom of(String user) {
        return new FrameRoom() {
            @Override
            public void take(int bytes) throws BrokenFrameException, InterruptedIOException {
                LargeRequests.this.take(user, bytes);
            }

            @Override
            public void giveBack(int bytes) {
                LargeRequests.this.giveBack(user, bytes);
            }
        };
    }

    private synchronized void take(String user, int bytes) throws BrokenFrameException, InterruptedIOException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!fits(user, bytes)) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new BrokenFrameException(
                        "large requests have all the memory that the service gives them, so one of " + bytes
                                + " bytes was not taken");
            }
            pause(left);
        }
        taken += bytes;
        byUser.merge(user, (long) bytes, Long::sum);
    }

    private boolean fits(String user, int bytes) {
        return taken + bytes <= most && byUser.getOrDefault(user, 0L) + bytes <= most / 2;
    }

    private void pause(long nanos) throws InterruptedIOException {
        try {
            wait(nanos / 1_000_000 + 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for memory");
        }
    }

    private synchronized void giveBack(String user, int bytes) {
        taken -= bytes;
        byUser.computeIfPresent(user, (name, held) -> held == bytes ? null : held - bytes);
        notifyAll();
    }
}
