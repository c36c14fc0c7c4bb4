package org.cofferhsm.hsm.crypto;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A bounded number of engine objects for reuse, since making a Cipher or Mac costs more than enciphering a short
 * message. An object belongs to one thread from {@link #take} to {@link #give}.
 *
 * <p>Not a {@link ThreadLocal}: that would keep key material in idle threads, where {@link #forget} cannot reach it, and
 * one object for each of a million virtual threads.
 */
public final class Pool<T> {

    private static final int SLOTS = 64;
    /** One slot per cache line of 64 bytes, so that threads do not slow each other down. */
    private static final int STRIDE = 16;

    private final Supplier<T> maker;
    private final AtomicReferenceArray<@Nullable T> slots = new AtomicReferenceArray<>(SLOTS * STRIDE);
    private volatile boolean used;

    public Pool(Supplier<T> maker) {
        this.maker = maker;
    }

    /** An object that no other thread has; used before, or new. */
    public T take() {
        T pooled = slots.getAndSet(slot(), null);
        return pooled != null ? pooled : maker.get();
    }

    /** Gives an object back. One that failed is better dropped. */
    public void give(T object) {
        if (!used) {
            used = true; // written once: the line it stands in stays shared among the threads
        }
        slots.setRelease(slot(), object);
    }

    /** Drops all objects, and with them what they remember of the last key. */
    public void forget() {
        for (int i = 0; used && i < slots.length(); i += STRIDE) {
            slots.set(i, null);
        }
    }

    private static int slot() {
        return (int) (Thread.currentThread().getId() % SLOTS) * STRIDE;
    }
}
