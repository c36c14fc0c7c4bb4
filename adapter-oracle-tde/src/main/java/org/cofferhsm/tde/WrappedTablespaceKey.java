package org.cofferhsm.tde;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;

/**
 * A tablespace key under a master key, as it is kept beside the tablespace.
 *
 * <p>Encoded, version 1: the letters {@code CTSK}, the byte 1, the master key's identifier (17 bytes), the length of the
 * tablespace key in bytes (one byte), then AES-256-GCM (SP 800-38D) of the key: a 12-byte IV, the ciphertext and the
 * 16-byte tag. All that stands before the IV is the additional authenticated data.
 *
 * @param sealed IV, ciphertext and tag
 */
public record WrappedTablespaceKey(MasterKeyId masterKey, TablespaceAlgorithm algorithm, Octets sealed) {

    /** How many bytes tell such a key from anything else. */
    static final int MAGIC_BYTES = 4;

    private static final byte[] MAGIC = "CTSK".getBytes(StandardCharsets.US_ASCII);
    private static final byte VERSION = 1;
    private static final int HEADER = MAGIC_BYTES + 1 + MasterKeyId.LENGTH + 1;
    private static final int IV_AND_TAG = 12 + 16;

    public WrappedTablespaceKey {
        if (sealed.length() != IV_AND_TAG + algorithm.keyBytes()) {
            throw HsmException.wrappedKeyInvalid("a wrapped " + algorithm + " tablespace key has "
                    + (HEADER + IV_AND_TAG + algorithm.keyBytes()) + " bytes, not " + (HEADER + sealed.length()));
        }
    }

    /** What the tag protects besides the key. */
    static Octets header(MasterKeyId masterKey, TablespaceAlgorithm algorithm) {
        return Octets.of(ByteBuffer.allocate(HEADER)
                .put(MAGIC)
                .put(VERSION)
                .put(masterKey.bytes().toByteArray())
                .put((byte) algorithm.keyBytes())
                .array());
    }

    /** Whether these first bytes are those of a wrapped tablespace key. */
    static boolean isBegunBy(byte[] first) {
        return Arrays.equals(first, MAGIC);
    }

    /** The one encoding of this key, 67, 75 or 83 bytes. */
    public byte[] encode() {
        return ByteBuffer.allocate(HEADER + sealed.length())
                .put(header(masterKey, algorithm).toByteArray())
                .put(sealed.toByteArray())
                .array();
    }

    /** Reads what {@link #encode} wrote. */
    public static WrappedTablespaceKey decode(byte[] encoded) {
        try {
            return read(ByteBuffer.wrap(encoded));
        } catch (BufferUnderflowException e) {
            throw HsmException.wrappedKeyInvalid("the wrapped tablespace key ends after " + encoded.length + " bytes")
                    .causedBy(e);
        }
    }

    private static WrappedTablespaceKey read(ByteBuffer in) {
        if (!isBegunBy(take(in, MAGIC_BYTES))) {
            throw HsmException.wrappedKeyInvalid("this is not a wrapped tablespace key: it does not begin with CTSK");
        }
        byte version = in.get();
        if (version != VERSION) {
            throw HsmException.storeVersionUnsupported(
                    "the wrapped tablespace key has the format " + version + "; this version of Coffer knows format 1");
        }
        MasterKeyId masterKey = new MasterKeyId(Octets.of(take(in, MasterKeyId.LENGTH)));
        TablespaceAlgorithm algorithm = TablespaceAlgorithm.ofKeyBytes(in.get());
        return new WrappedTablespaceKey(masterKey, algorithm, Octets.of(take(in, in.remaining())));
    }

    private static byte[] take(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }
}
