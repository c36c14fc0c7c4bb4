package org.cofferhsm.signtool.authenticode;

import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.DigestInfo;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;

/**
 * The description of a file by its digest (SpcIndirectDataContent).
 *
 * @param type what {@code value} is: {@link AuthenticodeOids#PE_IMAGE_DATA}, {@link AuthenticodeOids#CAB_DATA},
 *     {@link AuthenticodeOids#SIP_INFO}
 * @param value the format's own data, absent where the format has none
 * @param algorithm the hash function of the file's digest
 * @param digest the file's digest; longer than one digest in formats that hash their parts one by one (APPX)
 */
public record SpcIndirectData(
        ASN1ObjectIdentifier type, Optional<ASN1Encodable> value, DigestAlgorithm algorithm, Octets digest) {

    /** With data of the format. */
    public static SpcIndirectData of(
            ASN1ObjectIdentifier type, ASN1Encodable value, DigestAlgorithm algorithm, byte[] digest) {
        return new SpcIndirectData(type, Optional.of(value), algorithm, Octets.of(digest));
    }

    /** Reads what {@link #toAsn1} made, or somebody else's program. */
    public static SpcIndirectData parse(ASN1Encodable encoded) {
        return Decoding.of("the signature's description of the file (SpcIndirectDataContent)", () -> {
            ASN1Sequence sequence = ASN1Sequence.getInstance(encoded);
            ASN1Sequence data = ASN1Sequence.getInstance(sequence.getObjectAt(0));
            return of(data, DigestInfo.getInstance(sequence.getObjectAt(1)));
        });
    }

    private static SpcIndirectData of(ASN1Sequence data, DigestInfo info) {
        ASN1ObjectIdentifier algorithm = info.getAlgorithmId().getAlgorithm();
        return new SpcIndirectData(
                ASN1ObjectIdentifier.getInstance(data.getObjectAt(0)),
                data.size() > 1 ? Optional.of(data.getObjectAt(1)) : Optional.empty(),
                DigestAlgorithm.of(algorithm)
                        .orElseThrow(() ->
                                HsmException.dataInvalid("the file's digest is of an unknown algorithm, " + algorithm)),
                Octets.of(info.getDigest()));
    }

    /** The ASN.1 object. */
    public ASN1Encodable toAsn1() {
        ASN1EncodableVector data = new ASN1EncodableVector();
        data.add(type);
        if (value.isPresent()) {
            data.add(value.get());
        }
        ASN1EncodableVector content = new ASN1EncodableVector();
        content.add(new DERSequence(data));
        content.add(new DigestInfo(algorithm.identifier(), digest.toByteArray()));
        return new DERSequence(content);
    }
}
