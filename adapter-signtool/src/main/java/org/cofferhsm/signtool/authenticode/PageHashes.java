package org.cofferhsm.signtool.authenticode;

import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.cofferhsm.hsm.key.Octets;

/**
 * The digests of a PE image's pages, for systems that check a page when it is loaded (SpcPageHash, SpcPageHashV2).
 *
 * @param algorithm SHA-1 (version 1) or SHA-256 (version 2); there is no other
 * @param table for each page its offset in the file (4 bytes, little-endian) and its digest, closed by an entry of
 *     zeros at the end of the last page
 */
public record PageHashes(DigestAlgorithm algorithm, Octets table) {

    /** The class of the serialized object that page hashes are. */
    private static final Octets CLASS_ID = Octets.ofHex("a6b586d5b4a12466ae05a217da8e60d6");

    /** The page hashes in a link, if it holds some. */
    public static Optional<PageHashes> in(SpcLink link) {
        return link instanceof SpcLink.Moniker moniker
                        && moniker.object().classId().equals(CLASS_ID)
                ? parse(moniker.object().data().toByteArray())
                : Optional.empty();
    }

    private static Optional<PageHashes> parse(byte[] data) {
        return Decoding.of("the list of page hashes", () -> {
            ASN1Set set = ASN1Set.getInstance(data);
            ASN1Sequence attribute = ASN1Sequence.getInstance(set.getObjectAt(0));
            ASN1ObjectIdentifier version = ASN1ObjectIdentifier.getInstance(attribute.getObjectAt(0));
            ASN1Set values = ASN1Set.getInstance(attribute.getObjectAt(1));
            byte[] table = ASN1OctetString.getInstance(values.getObjectAt(0)).getOctets();
            return algorithm(version).map(algorithm -> new PageHashes(algorithm, Octets.of(table)));
        });
    }

    private static Optional<DigestAlgorithm> algorithm(ASN1ObjectIdentifier version) {
        return version.equals(AuthenticodeOids.PAGE_HASHES_V1)
                ? Optional.of(DigestAlgorithm.SHA1)
                : Optional.of(DigestAlgorithm.SHA256).filter(any -> version.equals(AuthenticodeOids.PAGE_HASHES_V2));
    }

    /** The link that carries them in {@link SpcPeImageData}. */
    public SpcLink toLink() {
        DERSequence attribute = new DERSequence(version(), new DERSet(new DEROctetString(table.toByteArray())));
        return new SpcLink.Moniker(new SpcSerializedObject(CLASS_ID, Octets.of(Decoding.der(new DERSet(attribute)))));
    }

    private ASN1ObjectIdentifier version() {
        return switch (algorithm) {
            case SHA1 -> AuthenticodeOids.PAGE_HASHES_V1;
            case SHA256 -> AuthenticodeOids.PAGE_HASHES_V2;
            default -> throw new IllegalStateException("page hashes are SHA-1 or SHA-256");
        };
    }
}
