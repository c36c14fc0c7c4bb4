package org.cofferhsm.signtool.format.msi;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;

/**
 * What signing a database overwrites.
 *
 * @param size the file's size before
 * @param pieces what stood at the places that signing can change, whatever the size of the signature
 */
record MsiRestoration(long size, Map<Long, byte[]> pieces) {

    /** For pieces of nothing but ones, which is how free places look: only their length is kept. */
    private static final int ALL_ONES = Integer.MIN_VALUE;

    /** Far above what a file needs; a stranger's record must not fill the memory. */
    private static final int MOST_BYTES = 1 << 20;

    /** Tries it with the largest short signature and the largest one, as long ones are kept elsewhere. */
    static MsiRestoration before(CompoundFile file) throws IOException {
        Map<Long, Integer> touched = new TreeMap<>();
        for (int length : new int[] {CompoundFile.MINI_CUTOFF - 1, SignatureStreams.MOST_BYTES}) {
            List<NewStream> streams = List.of(
                    new NewStream(SignatureStreams.SIGNATURE, new byte[length]),
                    new NewStream(SignatureStreams.PRE_HASH, new byte[DigestAlgorithm.SHA512.length()]));
            StreamAppender.add(file, streams, (offset, bytes) -> touched.merge(offset, bytes.length, Math::max));
        }
        long size = file.sectors().source().size();
        Map<Long, byte[]> pieces = new TreeMap<>();
        for (Map.Entry<Long, Integer> piece : joined(touched).entrySet()) {
            long length = Math.min(piece.getValue(), size - piece.getKey());
            if (length > 0) {
                pieces.put(
                        piece.getKey(),
                        file.sectors()
                                .source()
                                .read(piece.getKey(), (int) length)
                                .array());
            }
        }
        return new MsiRestoration(size, pieces);
    }

    /** Neighbours become one. */
    private static Map<Long, Integer> joined(Map<Long, Integer> touched) {
        TreeMap<Long, Integer> joined = new TreeMap<>();
        touched.forEach((offset, length) -> {
            Map.Entry<Long, Integer> last = joined.lastEntry();
            if (last != null && offset <= last.getKey() + last.getValue()) {
                long end = Math.max(offset + length, last.getKey() + last.getValue());
                joined.put(last.getKey(), (int) (end - last.getKey()));
            } else {
                joined.put(offset, length);
            }
        });
        return joined;
    }

    /** Puts everything back into a copy of the file's first {@code size} bytes. */
    void apply(Edits edits) throws IOException {
        for (Map.Entry<Long, byte[]> piece : pieces.entrySet()) {
            edits.put(piece.getKey(), piece.getValue());
        }
    }

    Octets encoded() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(size).array());
        pieces.forEach((offset, bytes) -> {
            boolean free = ones(bytes.length, bytes);
            all.writeBytes(ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                    .putLong(offset)
                    .putInt(free ? bytes.length | ALL_ONES : bytes.length)
                    .array());
            all.writeBytes(free ? new byte[0] : bytes);
        });
        return Octets.of(all.toByteArray());
    }

    private static boolean ones(int length, byte[] bytes) {
        return BitSet.valueOf(bytes).cardinality() == length * Byte.SIZE;
    }

    static Optional<MsiRestoration> of(Octets encoded) {
        ByteBuffer bytes = ByteBuffer.wrap(encoded.toByteArray());
        try {
            long size = bytes.getLong();
            int room = MOST_BYTES;
            Map<Long, byte[]> pieces = new TreeMap<>();
            while (bytes.hasRemaining()) {
                long offset = bytes.getLong();
                byte[] piece = piece(bytes, room);
                room -= piece.length;
                if (offset < 0 || offset > size - piece.length) {
                    return Optional.empty();
                }
                pieces.put(offset, piece);
            }
            return Optional.of(new MsiRestoration(size, pieces));
        } catch (BufferUnderflowException e) {
            return Optional.empty(); // not one of ours
        }
    }

    private static byte[] piece(ByteBuffer bytes, int room) {
        int field = bytes.getInt();
        int length = field & ~ALL_ONES;
        if (length > room) {
            throw new BufferUnderflowException();
        }
        byte[] piece = new byte[length];
        if (field < 0) {
            Arrays.fill(piece, (byte) -1);
        } else {
            bytes.get(piece);
        }
        return piece;
    }
}
