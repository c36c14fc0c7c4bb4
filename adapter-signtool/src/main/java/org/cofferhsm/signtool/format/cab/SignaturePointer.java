package org.cofferhsm.signtool.format.cab;

import java.nio.ByteBuffer;

/**
 * The part of a cabinet's reserve that says where the signature is; as long as it has none, it says so by its size.
 *
 * @param present whether the reserve has this part
 * @param offset where the signature begins
 * @param size the signature's bytes, zeros behind it included
 */
record SignaturePointer(boolean present, long offset, long size) {

    static final SignaturePointer ABSENT = new SignaturePointer(false, 0, 0);

    /** Room for a signature that is not there yet. */
    static final SignaturePointer EMPTY = new SignaturePointer(true, 0, 0);

    static final int BYTES = 16;

    /** Reads offset and size; leaves the rest, which must be zeros, to the caller. */
    static SignaturePointer read(ByteBuffer bytes) {
        return new SignaturePointer(
                true, Integer.toUnsignedLong(bytes.getInt()), Integer.toUnsignedLong(bytes.getInt()));
    }

    int length() {
        return present ? BYTES : 0;
    }

    void write(ByteBuffer target) {
        if (present) {
            target.putInt((int) offset).putInt((int) size);
        }
    }
}
