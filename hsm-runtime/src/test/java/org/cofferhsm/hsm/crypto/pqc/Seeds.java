package org.cofferhsm.hsm.crypto.pqc;

import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.cofferhsm.hsm.key.PqcParameterSet;

/** Encodes published seeds and public keys by hand (RFC 9881 §6, RFC 9935 §6: the seed is {@code [0] IMPLICIT}). */
final class Seeds {

    private Seeds() {}

    static byte[] pkcs8(PqcParameterSet set, byte[] seed) throws Exception {
        DERTaggedObject tagged = new DERTaggedObject(false, 0, new DEROctetString(seed));
        return new PrivateKeyInfo(PqcOid.of(set).algorithm(), tagged).getEncoded();
    }

    static byte[] spki(PqcParameterSet set, byte[] publicKey) throws Exception {
        return new SubjectPublicKeyInfo(PqcOid.of(set).algorithm(), publicKey).getEncoded();
    }
}
