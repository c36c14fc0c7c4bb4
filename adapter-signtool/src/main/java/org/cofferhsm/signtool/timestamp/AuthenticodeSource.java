package org.cofferhsm.signtool.timestamp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.cofferhsm.signtool.authenticode.Decoding;
import org.cofferhsm.signtool.authenticode.SignedContent;
import org.cofferhsm.signtool.authenticode.SpcTimestampRequest;

/**
 * An authority asked by Authenticode's own protocol from before RFC 3161 ({@code /t}): the answer is a countersignature
 * (PKCS#9 §5.3.6). It has no nonce; that the answer is fresh shows by its time alone.
 */
public record AuthenticodeSource(TimestampServer server, TimestampRules rules) implements TimestampSource {

    private static final String OCTETS = "application/octet-stream";

    @Override
    public AuthenticodeSignature stamp(AuthenticodeSignature signature) throws TimestampException {
        byte[] value = signature.signatureValue();
        byte[] request = Base64.getMimeEncoder().encode(new SpcTimestampRequest(value).encoded());
        byte[] response = server.ask(new TimestampServer.Question(request, OCTETS, OCTETS, false));
        try {
            AuthenticodeSignature answer = AuthenticodeSignature.parse(decoded(response));
            requireContent(answer.content(), value);
            SignerInfo counterSignature = answer.signerInfo();
            List<X509Certificate> certificates = answer.certificates();
            rules.require(
                    rules.verifier(answer.signerCertificate()).counterSignature(counterSignature, value, certificates));
            return signature.withCounterSignature(counterSignature, certificates);
        } catch (HsmException e) {
            throw TimestampException.malformed(e);
        }
    }

    private static byte[] decoded(byte[] response) throws TimestampException {
        try {
            // text, and some servers end it by a zero byte as C does
            String text = new String(response, StandardCharsets.ISO_8859_1).replace("\0", "");
            return Base64.getMimeDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new TimestampException("the answer is not in Base64", e);
        }
    }

    private static void requireContent(SignedContent content, byte[] value) throws TimestampException {
        byte[] found = content.type().equals(PKCSObjectIdentifiers.data)
                ? Decoding.of(
                        "the answer's content",
                        () -> ASN1OctetString.getInstance(content.encoded().toByteArray())
                                .getOctets())
                : new byte[0];
        if (!MessageDigest.isEqual(found, value)) {
            throw new TimestampException("the countersignature speaks of something else than what was asked");
        }
    }
}
