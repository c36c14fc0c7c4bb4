package org.cofferhsm.ca;

import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cofferhsm.hsm.error.HsmException;

/** The textual encoding of PKIX structures (RFC 7468), read and written. */
public final class CertificateText {

    private static final Pattern REQUEST = Pattern.compile(
            "-----BEGIN (NEW )?CERTIFICATE REQUEST-----(.*?)-----END (NEW )?CERTIFICATE REQUEST-----", Pattern.DOTALL);

    private CertificateText() {}

    /** A certificate as {@code -----BEGIN CERTIFICATE-----}. */
    public static String of(X509Certificate certificate) {
        try {
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateEncodingException e) {
            throw HsmException.internal("a certificate cannot be encoded").causedBy(e);
        }
    }

    /** The DER in a request that may be text, as clients send it, or DER already. */
    static byte[] requestToDer(byte[] encoded) {
        Matcher matcher = REQUEST.matcher(new String(encoded, StandardCharsets.ISO_8859_1));
        if (!matcher.find()) {
            return encoded;
        }
        try {
            return Base64.getMimeDecoder().decode(matcher.group(2));
        } catch (IllegalArgumentException e) {
            throw HsmException.dataInvalid("the certificate request is not Base64 between its BEGIN and END lines")
                    .causedBy(e);
        }
    }
}
