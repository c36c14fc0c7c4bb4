package org.cofferhsm.hsm.audit;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A page of fixed size that vouches for itself: a 32-bit length, content, SHA-256 over both, MAC over that, zeros. Each
 * byte of the page is checked.
 */
final class SealedPage {

    /** The size of a page, in bytes: what a disk writes at once at the most. */
    static final int SIZE = 4096;

    private static final int MAX_CONTENT = SIZE - Integer.BYTES - Frame.TRAILER;

    private SealedPage() {}

    static byte[] seal(byte[] content, AuditKeys keys) {
        byte[] hash = hash(content);
        return ByteBuffer.allocate(SIZE)
                .putInt(content.length)
                .put(content)
                .put(hash)
                .put(keys.mac(hash))
                .array();
    }

    /** The content of a page. */
    static byte[] open(byte[] page, MacCheck macs) throws MalformedRecordException {
        if (page.length != SIZE) {
            throw new MalformedRecordException("it ends too early");
        }
        Blocks in = new Blocks(ByteBuffer.wrap(page));
        int length = in.integer();
        if (length < 0 || length > MAX_CONTENT) {
            throw new MalformedRecordException("its length is wrong");
        }
        byte[] content = in.bytes(length);
        byte[] hash = in.bytes(Sha256.LENGTH);
        boolean whole = MessageDigest.isEqual(hash(content), hash) && macs.accepts(hash, in.bytes(Frame.MAC_LENGTH));
        if (!whole || !isZero(page, in.position())) {
            throw new MalformedRecordException("it was altered");
        }
        return content;
    }

    static byte[] hash(byte[] content) {
        return Sha256.of(ByteBuffer.allocate(Integer.BYTES + content.length)
                .putInt(content.length)
                .put(content)
                .array());
    }

    private static boolean isZero(byte[] page, int from) {
        return Arrays.equals(page, from, SIZE, new byte[SIZE], from, SIZE);
    }
}
