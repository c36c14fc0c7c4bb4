package org.cofferhsm.signtool.authenticode;

import org.bouncycastle.asn1.ASN1BMPString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERTaggedObject;

/** A text in Unicode or in ASCII (SpcString, a CHOICE). */
final class SpcString {

    private SpcString() {}

    static ASN1Encodable unicode(String text) {
        return new DERTaggedObject(false, 0, new DERBMPString(text));
    }

    static String parse(ASN1Encodable encoded) {
        ASN1TaggedObject tagged = ASN1TaggedObject.getInstance(encoded);
        return switch (tagged.getTagNo()) {
            case 0 -> ASN1BMPString.getInstance(tagged, false).getString();
            case 1 -> ASN1IA5String.getInstance(tagged, false).getString();
            default -> throw new IllegalArgumentException("a text has the tag " + tagged.getTagNo());
        };
    }
}
