package org.cofferhsm.signtool.format.appx;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.cofferhsm.hsm.key.Octets;

/**
 * What signing a package overwrites: the numbers of disks, and the content types where they did not name the signature.
 *
 * @param disks the field of the archive's end
 * @param local header, data and descriptor of the content types as they were; empty where they stay
 * @param header their entry in the directory; empty where they stay
 */
record AppxRestoration(int disks, Octets local, Octets header) {

    /** Content types have a few hundred bytes; nobody's signature shall grow much by them. */
    static final int MOST_BYTES = 1 << 16;

    static AppxRestoration keepingContentTypes(int disks) {
        return new AppxRestoration(disks, Octets.EMPTY, Octets.EMPTY);
    }

    static Optional<AppxRestoration> of(Octets encoded) {
        ByteBuffer bytes = ByteBuffer.wrap(encoded.toByteArray());
        try {
            return Optional.of(new AppxRestoration(bytes.getInt(), take(bytes), take(bytes)));
        } catch (BufferUnderflowException e) {
            return Optional.empty(); // not one of ours
        }
    }

    private static Octets take(ByteBuffer bytes) {
        int length = bytes.getInt();
        if (length < 0 || length > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] taken = new byte[length];
        bytes.get(taken);
        return Octets.of(taken);
    }

    boolean keepsContentTypes() {
        return header.isEmpty();
    }

    Octets encoded() {
        return Octets.of(ByteBuffer.allocate(3 * Integer.BYTES + local.length() + header.length())
                .putInt(disks)
                .putInt(local.length())
                .put(local.toByteArray())
                .putInt(header.length())
                .put(header.toByteArray())
                .array());
    }
}
