package org.cofferhsm.signtool.authenticode;

import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.cofferhsm.hsm.key.Octets;

/** An object with the identifier of its class (SpcSerializedObject). */
public record SpcSerializedObject(Octets classId, Octets data) {

    static SpcSerializedObject parse(ASN1TaggedObject tagged) {
        ASN1Sequence sequence = ASN1Sequence.getInstance(tagged, false);
        return new SpcSerializedObject(octets(sequence, 0), octets(sequence, 1));
    }

    private static Octets octets(ASN1Sequence sequence, int index) {
        return Octets.of(
                ASN1OctetString.getInstance(sequence.getObjectAt(index)).getOctets());
    }

    ASN1Encodable toAsn1() {
        ASN1EncodableVector fields = new ASN1EncodableVector();
        fields.add(new DEROctetString(classId.toByteArray()));
        fields.add(new DEROctetString(data.toByteArray()));
        return new DERSequence(fields);
    }
}
