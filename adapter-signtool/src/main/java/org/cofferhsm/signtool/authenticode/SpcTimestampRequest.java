package org.cofferhsm.signtool.authenticode;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;

/**
 * What the legacy timestamp protocol asks: Authenticode's TimeStampRequest, its countersignatureType
 * 1.3.6.1.4.1.311.3.2.1.
 *
 * @param value the signature value to be countersigned
 */
public record SpcTimestampRequest(byte[] value) {

    private static final ASN1ObjectIdentifier TYPE = new ASN1ObjectIdentifier("1.3.6.1.4.1.311.3.2.1");
    private static final String WHAT = "the timestamp request";

    /** Reads one; attributes, which nobody uses, are ignored. */
    public static SpcTimestampRequest parse(byte[] encoded) {
        return Decoding.of(WHAT, () -> {
            ASN1Sequence fields = ASN1Sequence.getInstance(Decoding.whole(WHAT, encoded));
            ContentInfo content = ContentInfo.getInstance(fields.getObjectAt(fields.size() - 1));
            if (fields.size() < 2
                    || fields.size() > 3
                    || !TYPE.equals(fields.getObjectAt(0))
                    || !PKCSObjectIdentifiers.data.equals(content.getContentType())) {
                throw new IllegalArgumentException("it asks for something else");
            }
            return new SpcTimestampRequest(
                    ASN1OctetString.getInstance(content.getContent()).getOctets());
        });
    }

    /** The encoding, in DER; it travels in Base64. */
    public byte[] encoded() {
        return Decoding.der(
                new DERSequence(TYPE, new ContentInfo(PKCSObjectIdentifiers.data, new DEROctetString(value))));
    }
}
