package org.cofferhsm.signtool.format.pe;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.ASN1InputStream;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.signtool.authenticode.Decoding;

/**
 * One certificate of a certificate table (WIN_CERTIFICATE) that is a signature.
 *
 * @param signature the ContentInfo
 * @param clean whether only zeros are behind it
 */
record CertificateEntry(Octets signature, boolean clean) {

    static CertificateEntry of(byte[] content) {
        int length = Decoding.of("the signature in the certificate table", () -> length(content));
        boolean clean = IntStream.range(length, content.length).allMatch(i -> content[i] == 0);
        return new CertificateEntry(Octets.of(Arrays.copyOf(content, length)), clean);
    }

    private static int length(byte[] content) throws IOException {
        ByteArrayInputStream bytes = new ByteArrayInputStream(content);
        try (ASN1InputStream in = new ASN1InputStream(bytes, content.length)) {
            in.readObject();
        }
        return content.length - bytes.available();
    }
}
