package org.cofferhsm.signtool.format.cat;

import java.io.IOException;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.signtool.authenticode.AuthenticodeOids;
import org.cofferhsm.signtool.authenticode.Decoding;
import org.cofferhsm.signtool.format.Format;
import org.cofferhsm.signtool.format.SignableFile;
import org.cofferhsm.signtool.format.Source;

/** Security catalogs: PKCS#7 SignedData over a certificate trust list, signed or not yet. */
public final class CatFormat implements Format {

    /** Enough for what comes before the list: the digest algorithms. */
    private static final int HEAD_BYTES = 256;

    private static final byte SEQUENCE = 0x30;

    /** Far above any catalog, and little enough to read. */
    private static final long MOST_BYTES = 1 << 25;

    @Override
    public String name() {
        return "catalog";
    }

    /** By the identifiers of SignedData and of the list. */
    @Override
    public boolean recognizes(Source source) throws IOException {
        byte[] head = source.head(HEAD_BYTES).array();
        int data = CatalogBytes.find(head, encoded(PKCSObjectIdentifiers.signedData), 0);
        return head.length > 0
                && head[0] == SEQUENCE
                && data > 0
                && CatalogBytes.find(head, encoded(AuthenticodeOids.CERTIFICATE_TRUST_LIST), data) > 0;
    }

    private static byte[] encoded(ASN1ObjectIdentifier identifier) {
        return Decoding.der(identifier);
    }

    @Override
    public SignableFile open(Source source) throws IOException {
        if (source.size() > MOST_BYTES) {
            throw HsmException.dataInvalid(
                    source.path() + " has " + source.size() + " bytes, which is too much for a catalog");
        }
        return CatFile.of(source.read(0, (int) source.size()).array());
    }
}
