package org.cofferhsm.signtool.authenticode;

import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;

/** What a signature says of a PE image besides its digest: nothing, or page hashes (SpcPeImageData). */
public record SpcPeImageData(Optional<PageHashes> pageHashes) {

    /** Reads the page hashes, if there are some; the other fields carry no information. */
    public static SpcPeImageData parse(ASN1Encodable encoded) {
        return Decoding.of("the signature's data of the PE image (SpcPeImageData)", () -> {
            for (ASN1Encodable field : ASN1Sequence.getInstance(encoded)) {
                if (field.toASN1Primitive() instanceof ASN1TaggedObject tagged) {
                    return new SpcPeImageData(PageHashes.in(SpcLink.parse(tagged.getExplicitBaseObject())));
                }
            }
            return new SpcPeImageData(Optional.empty());
        });
    }

    /** The ASN.1 object: no flags, and the page hashes in place of a file name. */
    public ASN1Encodable toAsn1() {
        SpcLink file = pageHashes.map(PageHashes::toLink).orElse(SpcLink.OBSOLETE);
        ASN1EncodableVector fields = new ASN1EncodableVector();
        fields.add(new DERBitString(new byte[0]));
        fields.add(new DERTaggedObject(true, 0, file.toAsn1()));
        return new DERSequence(fields);
    }
}
