package org.cofferhsm.hsm.file;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;

/**
 * Work on files that an interrupt of the caller's thread must not spoil: Java closes a channel whose thread is
 * interrupted, so the work is done again from the start, and the interrupt is handed on afterwards.
 */
public final class Uninterrupted {

    private Uninterrupted() {}

    /** Work that opens the channels it uses and may be done again. */
    @FunctionalInterface
    public interface Work<T> {
        /** Does it. */
        T run() throws IOException;
    }

    /** Does the work, whatever interrupts this thread. */
    public static <T> T run(Work<T> work) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    interrupted |= Thread.interrupted();
                    return work.run();
                } catch (ClosedByInterruptException | FileLockInterruptionException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
