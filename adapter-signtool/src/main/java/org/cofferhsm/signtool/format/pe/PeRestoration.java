package org.cofferhsm.signtool.format.pe;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.cofferhsm.hsm.key.Octets;

/**
 * What signing a PE image overwrites: the zeros that it adds, the checksum (which linkers leave at zero or get wrong)
 * and an entry of the data directories that may hold anything while its size is zero.
 */
record PeRestoration(int padding, int checksum, long directory) {

    private static final int BYTES = 1 + Integer.BYTES + Long.BYTES;

    static Optional<PeRestoration> of(Octets encoded) {
        ByteBuffer bytes = ByteBuffer.wrap(encoded.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.remaining() != BYTES || bytes.get(0) < 0 || bytes.get(0) >= CertificateTable.ALIGNMENT) {
            return Optional.empty();
        }
        return Optional.of(new PeRestoration(bytes.get(), bytes.getInt(), bytes.getLong()));
    }

    Octets encoded() {
        return Octets.of(ByteBuffer.allocate(BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) padding)
                .putInt(checksum)
                .putLong(directory)
                .array());
    }
}
