package org.cofferhsm.signtool.authenticode;

import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.cofferhsm.hsm.key.Octets;

/**
 * Which of Windows' subject interface packages checks the file (SpcSipInfo): scripts, MSI, APPX.
 *
 * @param version 1, or what the format's package asks for (MSI with a pre-hash: 2; APPX: 0x01010000)
 * @param sip the package's GUID, in the order of bytes that Windows stores
 */
public record SpcSipInfo(int version, Octets sip) {

    private static final int RESERVED_FIELDS = 5;

    /** Reads version and package. */
    public static SpcSipInfo parse(ASN1Encodable encoded) {
        return Decoding.of("the signature's SpcSipInfo", () -> {
            ASN1Sequence fields = ASN1Sequence.getInstance(encoded);
            return new SpcSipInfo(
                    ASN1Integer.getInstance(fields.getObjectAt(0)).intValueExact(),
                    Octets.of(ASN1OctetString.getInstance(fields.getObjectAt(1)).getOctets()));
        });
    }

    /** The ASN.1 object; the reserved fields are zero. */
    public ASN1Encodable toAsn1() {
        ASN1EncodableVector fields = new ASN1EncodableVector();
        fields.add(new ASN1Integer(version));
        fields.add(new DEROctetString(sip.toByteArray()));
        for (int i = 0; i < RESERVED_FIELDS; i++) {
            fields.add(new ASN1Integer(0));
        }
        return new DERSequence(fields);
    }
}
