package org.cofferhsm.signtool.format.cat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.cofferhsm.hsm.key.Octets;

/**
 * The bytes of an unsigned catalog around its list. They are few, and signing replaces them all.
 *
 * @param before those before the list
 * @param after those behind it
 */
record CatalogBytes(Octets before, Octets after) {

    /** Takes a catalog apart; nothing for one that holds its list in another encoding than DER. */
    static Optional<CatalogBytes> around(byte[] list, byte[] catalog) {
        int start = find(catalog, list, 0);
        return start < 0
                ? Optional.empty()
                : Optional.of(new CatalogBytes(
                        Octets.of(Arrays.copyOf(catalog, start)),
                        Octets.of(Arrays.copyOfRange(catalog, start + list.length, catalog.length))));
    }

    /** Where some bytes begin, from an index on; negative if they are not there. */
    static int find(byte[] all, byte[] wanted, int from) {
        for (int at = from; at + wanted.length <= all.length; at++) {
            if (Arrays.equals(all, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        return -1;
    }

    /** Reads what {@link #encoded} wrote, if it is that. */
    static Optional<CatalogBytes> of(Octets encoded) {
        ByteBuffer bytes = ByteBuffer.wrap(encoded.toByteArray());
        if (bytes.remaining() < Integer.BYTES) {
            return Optional.empty();
        }
        int length = bytes.getInt();
        return length < 0 || length > bytes.remaining()
                ? Optional.empty()
                : Optional.of(new CatalogBytes(take(bytes, length), take(bytes, bytes.remaining())));
    }

    private static Octets take(ByteBuffer bytes, int length) {
        byte[] taken = new byte[length];
        bytes.get(taken);
        return Octets.of(taken);
    }

    Octets encoded() {
        return Octets.of(ByteBuffer.allocate(Integer.BYTES + before.length() + after.length())
                .putInt(before.length())
                .put(before.toByteArray())
                .put(after.toByteArray())
                .array());
    }

    /** The catalog with this list. */
    byte[] around(byte[] list) {
        return ByteBuffer.allocate(before.length() + list.length + after.length())
                .put(before.toByteArray())
                .put(list)
                .put(after.toByteArray())
                .array();
    }
}
