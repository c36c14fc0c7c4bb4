package org.cofferhsm.hsm.session.remote;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.spi.MessageWriter;

/**
 * The operations in parts of one session, under the numbers that the client gave them. One belongs to one thread at a
 * time; a client that calls it from two is answered one after the other.
 */
final class ServedStreams {

    static final int MOST = 4096;

    private final Map<Long, ServedStream> running = new ConcurrentHashMap<>();
    private final Map<Long, Rest> rests = new ConcurrentHashMap<>();

    /** Begins an operation under a number that is not taken; complains when there are too many. */
    void add(long number, Supplier<ServedStream> start) {
        if (running.size() + rests.size() >= MOST) {
            throw HsmException.serviceUnavailable("the session has " + MOST
                    + " operations in parts that were neither finished nor closed, which is the service's limit");
        }
        ServedStream stream = start.get();
        ServedStream former = running.put(number, stream);
        if (former != null) {
            former.close();
        }
    }

    /** The operation of that number. */
    ServedStream get(long number) {
        ServedStream stream = running.get(number);
        if (stream == null) {
            throw ended();
        }
        return stream;
    }

    /** The same, which runs no longer. */
    ServedStream end(long number) {
        ServedStream stream = running.remove(number);
        if (stream == null) {
            throw ended();
        }
        return stream;
    }

    private static HsmException ended() {
        return HsmException.operationFinished("this operation has ended; start another");
    }

    /** Writes as much as goes into one part, and whether there is more, which is kept. */
    void give(long number, byte[] output, MessageWriter out) {
        give(number, new Rest(output, 0), out);
    }

    /** Writes the next part of what was kept. */
    void giveRest(long number, MessageWriter out) {
        Rest rest = rests.remove(number);
        if (rest == null) {
            throw ended();
        }
        give(number, rest, out);
    }

    private void give(long number, Rest rest, MessageWriter out) {
        int end = Math.min(rest.output.length, rest.from + Wire.PAGE);
        Wire.giveAway(out, Arrays.copyOfRange(rest.output, rest.from, end));
        boolean more = end < rest.output.length;
        Fields.flag(out, more);
        if (more) {
            rests.put(number, new Rest(rest.output, end));
        } else {
            rest.wipe();
        }
    }

    /** Abandons an operation, if it still runs. */
    void cancel(long number) {
        ServedStream stream = running.remove(number);
        if (stream != null) {
            stream.close();
        }
        Rest rest = rests.remove(number);
        if (rest != null) {
            rest.wipe();
        }
    }

    void close() {
        running.keySet().forEach(this::cancel);
        rests.keySet().forEach(this::cancel);
    }

    private record Rest(byte[] output, int from) {

        void wipe() {
            Arrays.fill(output, (byte) 0);
        }

        @Override
        public String toString() {
            return "Rest";
        }
    }
}
