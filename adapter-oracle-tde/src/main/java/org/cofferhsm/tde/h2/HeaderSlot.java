package org.cofferhsm.tde.h2;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.tde.WrappedTablespaceKey;

/**
 * One of the two slots of a header: what the file is, for good, and its wrapped key, as of the last rotation.
 *
 * <p>Encoded, version 1, in 4,096 bytes: the identity's letters {@code COFFERH2} and so on; then its MAC (64 bytes), the
 * sequence (8), the length of the wrapped key (2) and the key itself; then SHA-256 of all that, which tells a slot that
 * was half written from a whole one; then zeros. The wrapped key is authenticated by its own GCM tag.
 *
 * @param mac HMAC-SHA-512 of the identity under a key derived from the tablespace key
 * @param sequence counts the rotations; the slot with the higher one is in force
 */
record HeaderSlot(HeaderIdentity identity, Octets mac, long sequence, WrappedTablespaceKey wrapped) {

    static final int BYTES = 4096;

    private static final int MAC_BYTES = 64;
    private static final int DIGEST_BYTES = 32;

    HeaderSlot rewrapped(long later, WrappedTablespaceKey other) {
        return new HeaderSlot(identity, mac, later, other);
    }

    byte[] encode() {
        byte[] key = wrapped.encode();
        ByteBuffer slot = ByteBuffer.allocate(BYTES);
        slot.put(identity.encode()).put(mac.toByteArray()).putLong(sequence);
        slot.putShort((short) key.length).put(key);
        byte[] digest = digest(slot.array(), slot.position());
        return slot.put(digest).array();
    }

    /** The slot in these bytes; empty when they are no slot, or one that was not written to its end or was altered. */
    static Optional<HeaderSlot> decode(byte[] bytes) {
        try {
            return HeaderIdentity.startsHere(bytes) ? read(ByteBuffer.wrap(bytes)) : Optional.empty();
        } catch (BufferUnderflowException e) {
            return Optional.empty(); // its length field was altered
        }
    }

    private static Optional<HeaderSlot> read(ByteBuffer in) {
        in.position(HeaderIdentity.BYTES + MAC_BYTES + Long.BYTES);
        int keyLength = Short.toUnsignedInt(in.getShort());
        int end = in.position() + keyLength;
        byte[] digest = new byte[DIGEST_BYTES];
        in.position(Math.min(end, in.limit())).get(digest);
        return MessageDigest.isEqual(digest, digest(in.array(), end))
                ? Optional.of(whole(in.position(0), keyLength))
                : Optional.empty();
    }

    private static HeaderSlot whole(ByteBuffer in, int keyLength) {
        HeaderIdentity identity = HeaderIdentity.decode(take(in, HeaderIdentity.BYTES));
        Octets mac = Octets.of(take(in, MAC_BYTES));
        long sequence = in.getLong();
        in.getShort();
        return new HeaderSlot(identity, mac, sequence, WrappedTablespaceKey.decode(take(in, keyLength)));
    }

    private static byte[] take(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static byte[] digest(byte[] bytes, int length) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(Arrays.copyOf(bytes, length));
        } catch (NoSuchAlgorithmException e) {
            throw HsmException.internal("the JDK has no SHA-256").causedBy(e);
        }
    }

    /** Whether these bytes are zeros only: a slot that was never written. */
    static boolean isBlank(byte[] bytes) {
        return Arrays.equals(bytes, new byte[bytes.length]);
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
