package org.cofferhsm.tde.h2;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;

/**
 * The keys of one file, derived from its tablespace key and its salt by SP 800-108r1 §4.1 with HMAC-SHA-512, one block:
 * so the two halves of the XTS key are independent, and two files never share a key.
 */
final class PageKeys implements AutoCloseable {

    private static final String PRF = "HmacSHA512";

    private final byte[] pages;
    private final byte[] header;
    private final byte[] tags;

    private PageKeys(byte[] pages, byte[] header, byte[] tags) {
        this.pages = pages;
        this.header = header;
        this.tags = tags;
    }

    /** @param tablespaceKey stays the caller's to wipe */
    static PageKeys of(byte[] tablespaceKey, Octets salt) {
        return new PageKeys(
                derive(tablespaceKey, "coffer h2 pages", salt),
                derive(tablespaceKey, "coffer h2 header", salt),
                derive(tablespaceKey, "coffer h2 tags", salt));
    }

    private static byte[] derive(byte[] key, String label, Octets context) {
        byte[] text = label.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer input = ByteBuffer.allocate(Integer.BYTES + text.length + 1 + context.length() + Integer.BYTES);
        input.putInt(1).put(text).put((byte) 0).put(context.toByteArray()).putInt(PageCipher.KEY_BYTES * Byte.SIZE);
        return mac(PRF, key).doFinal(input.array());
    }

    private static Mac mac(String algorithm, byte[] key) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac;
        } catch (GeneralSecurityException e) {
            throw HsmException.internal("the JDK has no " + algorithm).causedBy(e);
        }
    }

    PageCipher cipher() {
        return new PageCipher(pages, Pages.BYTES, PageScratch.PAGES);
    }

    /** HMAC-SHA-256 for the tags of pages. */
    Mac tagMac() {
        return mac("HmacSHA256", tags);
    }

    /** HMAC-SHA-512 of what a header says for good. */
    Octets headerMac(byte[] said) {
        return Octets.of(mac(PRF, header).doFinal(said));
    }

    boolean madeHeaderMac(byte[] said, Octets mac) {
        return MessageDigest.isEqual(headerMac(said).toByteArray(), mac.toByteArray());
    }

    @Override
    public void close() {
        Arrays.fill(pages, (byte) 0);
        Arrays.fill(header, (byte) 0);
        Arrays.fill(tags, (byte) 0);
    }
}
