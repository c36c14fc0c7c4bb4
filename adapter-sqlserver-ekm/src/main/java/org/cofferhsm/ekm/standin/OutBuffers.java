package org.cofferhsm.ekm.standin;

import com.sun.jna.Pointer;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.cofferhsm.ekm.EkmStatus;

/**
 * Calls a function with results of unknown length as SQL Server's rule of two calls has it: first without room or with too
 * little, then with as much as was asked for or more. Watches that no byte is written outside, that pointers stay, and that a
 * failed call writes nothing.
 */
final class OutBuffers {

    private static final int MOST_CALLS = 4;
    private static final int MOST_TOO_MUCH = 40;

    private final Random random;

    OutBuffers(Random random) {
        this.random = random;
    }

    /** Where a length and a pointer lie in a struct: a u32, and the pointer eight bytes behind it. */
    record Place(Pointer struct, long offset) {

        void set(int size, Pointer pointer) {
            struct.setInt(offset, size);
            struct.setPointer(offset + Long.BYTES, pointer);
        }

        int size() {
            return struct.getInt(offset);
        }

        Pointer pointer() {
            return struct.getPointer(offset + Long.BYTES);
        }
    }

    List<byte[]> call(IntSupplier function, Place... places) {
        List<Integer> sizes = Stream.of(places).map(place -> firstGuess()).toList();
        for (int calls = 0; calls < MOST_CALLS; calls++) {
            List<Guarded> rooms = sizes.stream().map(Guarded::new).toList();
            try {
                IntStream.range(0, places.length).forEach(i -> lend(places[i], rooms.get(i)));
                int code = function.getAsInt();
                if (code == EkmStatus.SUCCESS.code()) {
                    return IntStream.range(0, places.length)
                            .mapToObj(i -> taken(places[i], rooms.get(i)))
                            .toList();
                }
                rooms.forEach(room -> room.requireIntact(0));
                if (code != EkmStatus.INSUFFICIENT_BUFFER.code()) {
                    throw new ProviderRefusal(code);
                }
                sizes = IntStream.range(0, places.length)
                        .mapToObj(i -> Math.max(places[i].size(), rooms.get(i).size()) + tooMuch())
                        .toList();
            } finally {
                rooms.forEach(Guarded::close);
            }
        }
        throw new IllegalStateException("the provider asks for more room again and again");
    }

    /** Without room half of the times, else some that may or may not do. */
    private int firstGuess() {
        return random.nextBoolean() ? 0 : random.nextInt(MOST_TOO_MUCH);
    }

    private int tooMuch() {
        return random.nextBoolean() ? 0 : random.nextInt(MOST_TOO_MUCH);
    }

    private static void lend(Place place, Guarded room) {
        place.set(room.size(), room.size() == 0 ? Pointer.NULL : room.pointer());
    }

    private static byte[] taken(Place place, Guarded room) {
        boolean kept = room.size() == 0 || room.pointer().equals(place.pointer());
        if (!kept || place.size() > room.size() || place.size() < 0) {
            throw new IllegalStateException(
                    "the provider exchanged the pointer, or claims more than there is room for");
        }
        room.requireIntact(place.size());
        return room.bytes(place.size());
    }
}
