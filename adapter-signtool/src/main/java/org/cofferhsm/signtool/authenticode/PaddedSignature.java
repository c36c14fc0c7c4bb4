package org.cofferhsm.signtool.authenticode;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1InputStream;
import org.cofferhsm.hsm.key.Octets;

/**
 * A signature at the start of a place that may be larger than it.
 *
 * @param signature the ContentInfo, without what follows
 * @param clean whether only zeros follow
 */
public record PaddedSignature(Octets signature, boolean clean) {

    /**
     * Finds the end of the ContentInfo.
     *
     * @param what the place, for the message: "the signature in the package"
     */
    public static PaddedSignature of(String what, byte[] content) {
        int length = Decoding.of(what, () -> length(content));
        return new PaddedSignature(Octets.of(Arrays.copyOf(content, length)), isZero(content, length));
    }

    private static boolean isZero(byte[] content, int from) {
        for (int i = from; i < content.length; i++) {
            if (content[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static int length(byte[] content) throws IOException {
        ByteArrayInputStream bytes = new ByteArrayInputStream(content);
        try (ASN1InputStream in = new ASN1InputStream(bytes, content.length)) {
            if (in.readObject() == null) {
                throw new IOException("it is empty");
            }
        }
        return content.length - bytes.available();
    }
}
