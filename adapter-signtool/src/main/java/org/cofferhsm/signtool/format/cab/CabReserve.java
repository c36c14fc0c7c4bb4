package org.cofferhsm.signtool.format.cab;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.IntStream;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.signtool.format.Source;

/**
 * What a cabinet's header sets aside for others (MS-CAB 2.1, cbCFHeader to abReserve). Those who sign divide it: the
 * sizes of two parts, an application's data, and where the signature is.
 *
 * @param present whether the header has a reserve at all
 * @param bytes the size for the header itself
 * @param folderBytes the size for each folder
 * @param dataBytes the size for each block of data
 * @param application the application's data, which the signature covers
 * @param pointer where the signature is
 */
record CabReserve(
        boolean present, int bytes, int folderBytes, int dataBytes, Octets application, SignaturePointer pointer) {

    static final CabReserve NONE = new CabReserve(false, 0, 0, 0, Octets.of(new byte[0]), SignaturePointer.ABSENT);

    private static final int SIZES_BYTES = 4;
    private static final int PARTS_BYTES = 4;

    static CabReserve read(Source source, int offset) throws IOException {
        ByteBuffer sizes = source.read(offset, SIZES_BYTES);
        int bytes = Short.toUnsignedInt(sizes.getShort());
        int folderBytes = Byte.toUnsignedInt(sizes.get());
        int dataBytes = Byte.toUnsignedInt(sizes.get());
        ByteBuffer parts = source.read(offset + SIZES_BYTES, bytes);
        CabReserve empty = new CabReserve(true, bytes, folderBytes, dataBytes, NONE.application, NONE.pointer);
        CabReserve read = bytes < PARTS_BYTES ? empty : empty.with(parts, source);
        CabHeader.require(isBlank(parts), source, "its reserve is in use by somebody else");
        return read;
    }

    private CabReserve with(ByteBuffer parts, Source source) {
        int length = Short.toUnsignedInt(parts.getShort());
        int pointerLength = Short.toUnsignedInt(parts.getShort());
        boolean sound = pointerLength == 0 || pointerLength == SignaturePointer.BYTES;
        CabHeader.require(
                sound && length + pointerLength <= parts.remaining(), source, "its reserve is in use by somebody else");
        byte[] data = new byte[length];
        parts.get(data);
        SignaturePointer found = pointerLength == 0 ? SignaturePointer.ABSENT : SignaturePointer.read(parts);
        return new CabReserve(true, bytes, folderBytes, dataBytes, Octets.of(data), found);
    }

    private static boolean isBlank(ByteBuffer rest) {
        return IntStream.range(rest.position(), rest.limit()).allMatch(i -> rest.get(i) == 0);
    }

    /** How many bytes of the head it takes. */
    int length() {
        return present ? SIZES_BYTES + bytes : 0;
    }

    boolean isSigned() {
        return pointer.size() != 0;
    }

    long signatureOffset() {
        return pointer.offset();
    }

    long signatureSize() {
        return pointer.size();
    }

    /**
     * The reserve for a signature: that of a signed cabinet, as its size is signed; otherwise the smallest one, which is
     * the only one that all programs read. What is lost is zeros.
     */
    CabReserve forSignature() {
        return isSigned() ? this : smallest(SignaturePointer.EMPTY);
    }

    private CabReserve smallest(SignaturePointer other) {
        return new CabReserve(true, needed(application, other), folderBytes, dataBytes, application, other);
    }

    /** The size that the two parts need. */
    static int needed(Octets application, SignaturePointer pointer) {
        int parts = application.length() + pointer.length();
        return parts == 0 ? 0 : PARTS_BYTES + parts;
    }

    /** With the signature at a place. */
    CabReserve pointing(long offset, int size) {
        return new CabReserve(
                true, bytes, folderBytes, dataBytes, application, new SignaturePointer(true, offset, size));
    }

    /** The reserve as small as it may be without a signature: none, if nothing else needs it. */
    CabReserve withoutSignature() {
        if (!isSigned()) {
            return this;
        }
        boolean needed = application.length() + folderBytes + dataBytes > 0;
        return needed ? smallest(SignaturePointer.ABSENT) : NONE;
    }

    ByteBuffer encoded() {
        ByteBuffer encoded = ByteBuffer.allocate(length()).order(ByteOrder.LITTLE_ENDIAN);
        if (present) {
            encoded.putShort((short) bytes).put((byte) folderBytes).put((byte) dataBytes);
        }
        if (bytes >= PARTS_BYTES) {
            encoded.putShort((short) application.length()).putShort((short) pointer.length());
            encoded.put(application.toByteArray());
            pointer.write(encoded);
        }
        return encoded.rewind();
    }

    /** What a signature covers: the application's data and its size. */
    ByteBuffer covered() {
        return ByteBuffer.allocate(Short.BYTES + application.length())
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) application.length())
                .put(application.toByteArray())
                .flip();
    }
}
