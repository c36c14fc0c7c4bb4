package org.cofferhsm.signtool.format.cab;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.cofferhsm.hsm.key.Octets;

/**
 * What signing overwrites in a cabinet that has a reserve already: its size, and the room for a pointer in it.
 *
 * @param bytes the reserve's size
 * @param pointer the pointer without a signature; its offset may be anything
 */
record CabRestoration(int bytes, SignaturePointer pointer) {

    private static final int LENGTH = Short.BYTES + 1 + Integer.BYTES;

    /** For an unsigned cabinet; nothing for one without reserve, which signing adds and removing takes away. */
    static Optional<CabRestoration> of(CabReserve reserve) {
        return reserve.present()
                ? Optional.of(new CabRestoration(reserve.bytes(), reserve.pointer()))
                : Optional.empty();
    }

    /** Reads what {@link #encoded} wrote, if it is that. */
    static Optional<CabRestoration> of(Octets encoded) {
        ByteBuffer bytes = ByteBuffer.wrap(encoded.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.remaining() != LENGTH) {
            return Optional.empty();
        }
        int size = Short.toUnsignedInt(bytes.getShort());
        boolean present = bytes.get() != 0;
        long offset = Integer.toUnsignedLong(bytes.getInt());
        return Optional.of(new CabRestoration(size, new SignaturePointer(present, present ? offset : 0, 0)));
    }

    Octets encoded() {
        return Octets.of(ByteBuffer.allocate(LENGTH)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) bytes)
                .put((byte) (pointer.present() ? 1 : 0))
                .putInt((int) pointer.offset())
                .array());
    }

    /** The reserve as it was, when it has room for the application's data; nobody signed this. */
    Optional<CabReserve> apply(CabReserve signed) {
        boolean fits = bytes >= CabReserve.needed(signed.application(), pointer);
        return fits
                ? Optional.of(new CabReserve(
                        true, bytes, signed.folderBytes(), signed.dataBytes(), signed.application(), pointer))
                : Optional.empty();
    }
}
