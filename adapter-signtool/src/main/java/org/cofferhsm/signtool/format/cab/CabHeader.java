package org.cofferhsm.signtool.format.cab;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.signtool.format.Source;

/**
 * The head of a cabinet (MS-CAB 2.1, CFHEADER) with its folders (2.2, CFFOLDER), everything before the files' entries.
 * Immutable; {@link #with} is the head that the same cabinet has with another reserve.
 */
final class CabHeader {

    /** "MSCF". */
    static final int MARK = 0x4643534d;

    static final int FOLDER_BYTES = 8;

    private static final int FIXED_BYTES = 36;
    private static final int RESERVED = 4;
    private static final int SIZE = 8;
    private static final int FILES = 16;
    private static final int FOLDERS = 26;
    private static final int COUNT = 28;
    private static final int FLAGS = 30;
    private static final int OTHER_VOLUMES = 3;
    private static final int HAS_RESERVE = 4;

    private final ByteBuffer fixed;
    private final CabReserve reserve;
    private final ByteBuffer folders;

    private CabHeader(ByteBuffer fixed, CabReserve reserve, ByteBuffer folders) {
        this.fixed = fixed;
        this.reserve = reserve;
        this.folders = folders;
    }

    static CabHeader read(Source source) throws IOException {
        ByteBuffer fixed = source.read(0, FIXED_BYTES);
        int flags = fixed.getShort(FLAGS);
        require(fixed.getInt(RESERVED) == 0, source, "a reserved field of its header is in use");
        require((flags & OTHER_VOLUMES) == 0, source, "it is one volume of several, which cannot be signed alone");
        CabReserve reserve = (flags & HAS_RESERVE) == 0 ? CabReserve.NONE : CabReserve.read(source, FIXED_BYTES);
        int count = Short.toUnsignedInt(fixed.getShort(FOLDERS));
        ByteBuffer folders =
                source.read(FIXED_BYTES + reserve.length(), count * (FOLDER_BYTES + reserve.folderBytes()));
        CabHeader header = new CabHeader(fixed, reserve, folders);
        header.requireSizes(source);
        return header;
    }

    private void requireSizes(Source source) {
        require(filesOffset() >= length() && filesOffset() <= size(), source, "the list of its files is outside of it");
        if (reserve.isSigned()) {
            require(reserve.signatureOffset() == size(), source, "its signature is not right behind it");
            require(size() + reserve.signatureSize() == source.size(), source, "its size and its signature's disagree");
        } else {
            require(size() == source.size(), source, "it says that it has " + size() + " bytes");
        }
    }

    static void require(boolean sound, Source source, String otherwise) {
        if (!sound) {
            throw HsmException.dataInvalid(source.path() + " is no cabinet that can be read: " + otherwise);
        }
    }

    CabReserve reserve() {
        return reserve;
    }

    /** Where the cabinet ends, and its signature begins. */
    long size() {
        return Integer.toUnsignedLong(fixed.getInt(SIZE));
    }

    long filesOffset() {
        return Integer.toUnsignedLong(fixed.getInt(FILES));
    }

    /** Where the head ends; what follows is the same with any reserve. */
    int length() {
        return FIXED_BYTES + reserve.length() + folders.limit();
    }

    int folders() {
        return Short.toUnsignedInt(fixed.getShort(FOLDERS));
    }

    int files() {
        return Short.toUnsignedInt(fixed.getShort(COUNT));
    }

    /** Where a folder's data begins. */
    long dataOffset(int folder) {
        return Integer.toUnsignedLong(folders.getInt(entry(folder)));
    }

    /** How many blocks a folder's data has. */
    int dataBlocks(int folder) {
        return Short.toUnsignedInt(folders.getShort(entry(folder) + Integer.BYTES));
    }

    private int entry(int folder) {
        return folder * (FOLDER_BYTES + reserve.folderBytes());
    }

    /** The head with another reserve, and everything that points behind it moved. */
    CabHeader with(CabReserve other) {
        int shift = other.length() - reserve.length();
        ByteBuffer start = copy(fixed);
        start.putInt(SIZE, moved(size(), shift)).putInt(FILES, moved(filesOffset(), shift));
        int flags = start.getShort(FLAGS);
        start.putShort(FLAGS, (short) (other.present() ? flags | HAS_RESERVE : flags & ~HAS_RESERVE));
        ByteBuffer entries = copy(folders);
        for (int i = 0; i < folders(); i++) {
            entries.putInt(entry(i), moved(dataOffset(i), shift));
        }
        return new CabHeader(start, other, entries);
    }

    private static int moved(long offset, int shift) {
        long moved = offset + shift;
        if (moved >>> Integer.SIZE != 0) {
            throw HsmException.argumentInvalid("the cabinet is too large for a signature: it has less than 4 GB");
        }
        return (int) moved;
    }

    private static ByteBuffer copy(ByteBuffer bytes) {
        ByteBuffer copy = ByteBuffer.allocate(bytes.limit()).order(ByteOrder.LITTLE_ENDIAN);
        return copy.put(bytes.duplicate().rewind()).flip();
    }

    /** The bytes of the head. */
    ByteBuffer encoded() {
        return ByteBuffer.allocate(length())
                .put(fixed.duplicate().rewind())
                .put(reserve.encoded())
                .put(folders.duplicate().rewind())
                .flip();
    }

    /** Takes the part of the head that a signature covers: not its reserved field, nor where the signature is. */
    void addTo(MessageDigest digest) {
        digest.update(fixed.duplicate().position(0).limit(RESERVED));
        digest.update(fixed.duplicate().position(SIZE).limit(FIXED_BYTES));
        digest.update(reserve.covered());
        digest.update(folders.duplicate().rewind());
    }
}
