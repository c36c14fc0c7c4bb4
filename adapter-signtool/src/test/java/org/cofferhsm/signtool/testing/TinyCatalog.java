package org.cofferhsm.signtool.testing;

import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERUTCTime;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.DigestInfo;
import org.cofferhsm.signtool.authenticode.AuthenticodeOids;
import org.cofferhsm.signtool.authenticode.Decoding;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.authenticode.SpcLink;

/** A catalog as the programs that make catalogs leave it to be signed: a list of files by their digests. */
public final class TinyCatalog {
    private static final ASN1ObjectIdentifier LIST = new ASN1ObjectIdentifier("1.3.6.1.4.1.311.12.1.1");
    private static final ASN1ObjectIdentifier MEMBER = new ASN1ObjectIdentifier("1.3.6.1.4.1.311.12.1.2");
    private static final Instant MADE = Instant.parse("2026-01-02T03:04:05Z");

    private TinyCatalog() {}

    /** A catalog with an entry for each of these contents, without signature. */
    public static byte[] of(byte[]... members) {
        return unsigned(new DERSet(), members);
    }

    /** The same, naming a digest algorithm already. */
    public static byte[] withAlgorithm(byte[]... members) {
        return unsigned(new DERSet(DigestAlgorithm.SHA256.identifier()), members);
    }

    private static byte[] unsigned(ASN1Set algorithms, byte[]... members) {
        SignedData data = new SignedData(
                new ASN1Integer(1),
                algorithms,
                new ContentInfo(AuthenticodeOids.CERTIFICATE_TRUST_LIST, list(members)),
                null,
                null,
                new DERSet());
        return Decoding.der(new ContentInfo(PKCSObjectIdentifiers.signedData, data));
    }

    private static ASN1Encodable list(byte[]... members) {
        ASN1Encodable[] entries = new ASN1Encodable[members.length];
        for (int i = 0; i < members.length; i++) {
            entries[i] = entry(DigestAlgorithm.SHA1.digest(members[i]));
        }
        return sequence(
                sequence(LIST),
                new DEROctetString(new byte[16]),
                new DERUTCTime(Date.from(MADE)),
                sequence(MEMBER, DERNull.INSTANCE),
                sequence(entries));
    }

    private static ASN1Encodable entry(byte[] digest) {
        ASN1Encodable description = sequence(
                sequence(AuthenticodeOids.CAB_DATA, SpcLink.OBSOLETE.toAsn1()),
                new DigestInfo(DigestAlgorithm.SHA1.identifier(), digest));
        return sequence(
                new DEROctetString(digest),
                new DERSet(sequence(AuthenticodeOids.INDIRECT_DATA, new DERSet(description))));
    }

    private static DERSequence sequence(ASN1Encodable... parts) {
        return new DERSequence(parts);
    }
}
