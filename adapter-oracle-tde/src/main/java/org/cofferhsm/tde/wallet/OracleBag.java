package org.cofferhsm.tde.wallet;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.SafeBag;

/** A secret of a wallet as a SecretBag (RFC 7292 §4.2.5) of Oracle's type: name and value, each as UTF-8. */
final class OracleBag {

    /** Oracle's type of secret. */
    static final ASN1ObjectIdentifier TYPE = new ASN1ObjectIdentifier("1.2.840.113549.1.16.12.12");

    // Oracle opens a wallet whose localKeyIDs begin otherwise, and finds nothing in it.
    private static final int[] LOCAL_KEY_ID = {0xe6b652dd, 4, 6};
    private static final int LOCAL_KEY_ID_BYTES = 24;

    private OracleBag() {}

    static SafeBag of(WalletEntry entry, int index) {
        ASN1Encodable pair = new DERSequence(new ASN1Encodable[] {
            new DERUTF8String(entry.name()),
            entry.value().use(bytes -> new DERUTF8String(new String(bytes, StandardCharsets.UTF_8)))
        });
        return new SafeBag(
                PKCSObjectIdentifiers.secretBag,
                new DERSequence(new ASN1Encodable[] {TYPE, new DERTaggedObject(true, 0, pair)}),
                new DERSet(new Attribute(
                        PKCSObjectIdentifiers.pkcs_9_at_localKeyId,
                        new DERSet(new DEROctetString(localKeyId(index))))));
    }

    private static byte[] localKeyId(int index) {
        return ByteBuffer.allocate(LOCAL_KEY_ID_BYTES)
                .putInt(LOCAL_KEY_ID[0])
                .putInt(LOCAL_KEY_ID[1])
                .putInt(0)
                .putInt(LOCAL_KEY_ID[2])
                .putInt(index)
                .putInt(0)
                .array();
    }
}
