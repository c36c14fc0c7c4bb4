package org.cofferhsm.signtool.authenticode;

import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;

/**
 * What the signer says of the program (SpcSpOpusInfo): SignTool's {@code /d} and {@code /du}.
 *
 * @param description the program's name
 * @param url where to read more
 */
public record SpcOpusInfo(Optional<String> description, Optional<String> url) {

    /** Nothing said. */
    public static final SpcOpusInfo EMPTY = new SpcOpusInfo(Optional.empty(), Optional.empty());

    /** Reads what a signature says. */
    public static SpcOpusInfo parse(ASN1Encodable encoded) {
        return Decoding.of("the signature's description (SpcSpOpusInfo)", () -> {
            SpcOpusInfo info = EMPTY;
            for (ASN1Encodable field : ASN1Sequence.getInstance(encoded)) {
                info = info.with(ASN1TaggedObject.getInstance(field));
            }
            return info;
        });
    }

    private SpcOpusInfo with(ASN1TaggedObject field) {
        ASN1Encodable value = field.getExplicitBaseObject();
        return switch (field.getTagNo()) {
            case 0 -> new SpcOpusInfo(Optional.of(SpcString.parse(value)), url);
            case 1 -> new SpcOpusInfo(description, text(SpcLink.parse(value)));
            default -> this;
        };
    }

    private static Optional<String> text(SpcLink link) {
        if (link instanceof SpcLink.Url address) {
            return Optional.of(address.url());
        }
        return link instanceof SpcLink.File file ? Optional.of(file.name()) : Optional.empty();
    }

    /** The ASN.1 object. */
    public ASN1Encodable toAsn1() {
        ASN1EncodableVector fields = new ASN1EncodableVector();
        if (description.isPresent()) {
            fields.add(new DERTaggedObject(true, 0, SpcString.unicode(description.get())));
        }
        if (url.isPresent()) {
            fields.add(new DERTaggedObject(true, 1, new SpcLink.Url(url.get()).toAsn1()));
        }
        return new DERSequence(fields);
    }
}
