package org.cofferhsm.signtool.authenticode;

import java.security.MessageDigest;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.cofferhsm.hsm.key.Octets;

/**
 * What a signature speaks of: the content of the SignedData (RFC 2315 §9.1, contentInfo).
 *
 * @param type {@link AuthenticodeOids#INDIRECT_DATA} for most formats, {@link AuthenticodeOids#CERTIFICATE_TRUST_LIST}
 *     for catalogs, anything in PKCS#7 mode
 * @param encoded the content's encoding, tag and length included
 */
public record SignedContent(ASN1ObjectIdentifier type, Octets encoded) {

    /** The content that describes a file by its digest. */
    public static SignedContent of(SpcIndirectData data) {
        return new SignedContent(AuthenticodeOids.INDIRECT_DATA, Octets.of(Decoding.der(data.toAsn1())));
    }

    /** The content of a SignedData that somebody made. */
    static SignedContent of(ContentInfo info) {
        ASN1Encodable content = info.getContent();
        if (content == null) {
            throw new IllegalArgumentException("it has no content");
        }
        return new SignedContent(info.getContentType(), Octets.of(Decoding.dl(content)));
    }

    ContentInfo toAsn1() {
        return new ContentInfo(type, Decoding.whole("the signed content", encoded.toByteArray()));
    }

    /** The description of a file, when the content is one. */
    public Optional<SpcIndirectData> indirectData() {
        return type.equals(AuthenticodeOids.INDIRECT_DATA)
                ? Optional.of(SpcIndirectData.parse(object()))
                : Optional.empty();
    }

    /** Plain data (RFC 2315 §8), when the content is that. */
    public Optional<byte[]> data() {
        return type.equals(PKCSObjectIdentifiers.data)
                ? Optional.of(ASN1OctetString.getInstance(object()).getOctets())
                : Optional.empty();
    }

    private ASN1Primitive object() {
        return Decoding.whole("the signed content", encoded.toByteArray());
    }

    /** What the signed attribute messageDigest says: the digest of the content without its tag and length (§9.3). */
    public byte[] digest(DigestAlgorithm algorithm) {
        byte[] all = encoded.toByteArray();
        int header = headerLength(all);
        MessageDigest digest = algorithm.start();
        digest.update(all, header, all.length - header);
        return digest.digest();
    }

    private static int headerLength(byte[] der) {
        int first = der[1] & 0xff;
        return first < 0x80 ? 2 : 2 + (first & 0x7f);
    }
}
