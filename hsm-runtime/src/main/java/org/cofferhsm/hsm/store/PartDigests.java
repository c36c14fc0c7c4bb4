package org.cofferhsm.hsm.store;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.IntStream;

/** The keyed digest of each part of an index; immutable. An empty part has none. */
final class PartDigests {

    private static final byte[] NONE = new byte[0];
    private static final int MARK_BYTES = Short.BYTES + Long.BYTES;

    private final byte[][] digests;

    private PartDigests(byte[][] digests) {
        this.digests = digests;
    }

    static PartDigests of(RecordIndex index, Authentication authentication) {
        byte[][] none = new byte[RecordIndex.PARTS][];
        Arrays.fill(none, NONE);
        return new PartDigests(none)
                .updated(index, IntStream.range(0, RecordIndex.PARTS).boxed().toList(), authentication);
    }

    /** These digests with those of some parts computed anew. */
    PartDigests updated(RecordIndex index, Collection<Integer> numbers, Authentication authentication) {
        byte[][] copy = digests.clone();
        for (int number : numbers) {
            IndexPart part = index.part(number);
            copy[number] = part.isEmpty() ? NONE : authentication.digestOfPart(number, part.encode());
        }
        return new PartDigests(copy);
    }

    byte[] of(int number) {
        return digests[number];
    }

    /** All digests, each preceded by its length. */
    void appendTo(Statement statement) {
        for (byte[] digest : digests) {
            statement.block(digest);
        }
    }

    /**
     * The beginnings of all digests with their numbers. They prove nothing; they tell which part differs when the root
     * does.
     */
    byte[] marks() {
        ByteBuffer out = ByteBuffer.allocate(RecordIndex.PARTS * MARK_BYTES);
        for (int number = 0; number < digests.length; number++) {
            if (digests[number].length > 0) {
                out.putShort((short) number).put(digests[number], 0, Long.BYTES);
            }
        }
        return Arrays.copyOf(out.array(), out.position());
    }
}
