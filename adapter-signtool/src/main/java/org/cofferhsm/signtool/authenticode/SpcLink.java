package org.cofferhsm.signtool.authenticode;

import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERTaggedObject;

/** Where something is: a URL, a serialized object or a file name (SpcLink, a CHOICE). */
public sealed interface SpcLink {

    /** The file name that signing programs write where there is nothing to say. */
    SpcLink OBSOLETE = new File("<<<Obsolete>>>");

    /** A URL, in ASCII. */
    record Url(String url) implements SpcLink {
        @Override
        public ASN1Encodable toAsn1() {
            return new DERTaggedObject(false, 0, new DERIA5String(url));
        }
    }

    /** A serialized object; page hashes are one. */
    record Moniker(SpcSerializedObject object) implements SpcLink {
        @Override
        public ASN1Encodable toAsn1() {
            return new DERTaggedObject(false, 1, object.toAsn1());
        }
    }

    /** The name of a file. */
    record File(String name) implements SpcLink {
        @Override
        public ASN1Encodable toAsn1() {
            return new DERTaggedObject(true, 2, SpcString.unicode(name));
        }
    }

    /** Reads any of them. */
    static SpcLink parse(ASN1Encodable encoded) {
        return Decoding.of("a link in the signature (SpcLink)", () -> {
            ASN1TaggedObject tagged = ASN1TaggedObject.getInstance(encoded);
            return switch (tagged.getTagNo()) {
                case 0 -> new Url(ASN1IA5String.getInstance(tagged, false).getString());
                case 1 -> new Moniker(SpcSerializedObject.parse(tagged));
                case 2 -> new File(SpcString.parse(tagged.getExplicitBaseObject()));
                default -> throw new IllegalArgumentException("it has the tag " + tagged.getTagNo());
            };
        });
    }

    /** The ASN.1 object. */
    ASN1Encodable toAsn1();
}
