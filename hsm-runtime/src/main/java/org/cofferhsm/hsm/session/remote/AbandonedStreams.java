package org.cofferhsm.hsm.session.remote;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The numbers of a session's operations in parts. Those that the garbage collector took before they were finished or
 * closed, as happens to Java ciphers, still run in the service and have to be cancelled there.
 */
final class AbandonedStreams {

    private final AtomicLong numbers = new AtomicLong();
    private final ReferenceQueue<Object> collected = new ReferenceQueue<>();
    private final Map<Long, Watched> running = new ConcurrentHashMap<>();

    /** A number that no other operation of the session has or had. */
    long next() {
        return numbers.incrementAndGet();
    }

    void watch(Object stream, long number) {
        running.put(number, new Watched(stream, collected, number));
    }

    /** It has ended. */
    void forget(long number) {
        Watched ended = running.remove(number);
        if (ended != null) {
            ended.clear();
        }
    }

    /** One that nobody can finish any more. */
    OptionalLong poll() {
        for (Reference<?> gone = collected.poll(); gone != null; gone = collected.poll()) {
            if (gone instanceof Watched stream && running.remove(stream.number) != null) {
                return OptionalLong.of(stream.number);
            }
        }
        return OptionalLong.empty();
    }

    private static final class Watched extends PhantomReference<Object> {

        private final long number;

        private Watched(Object stream, ReferenceQueue<Object> queue, long number) {
            super(stream, queue);
            this.number = number;
        }
    }
}
