package org.cofferhsm.ca;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Curve;
import org.cofferhsm.hsm.key.KeyPairTemplate;

/** The kind of key that a CA signs with, and how it signs. */
public enum RootKey {
    /** RSA of 4096 bits; signs by SHA-384 with RSA (RFC 8017 §8.2). */
    RSA_4096(
            KeyPairTemplate.rsa(4096),
            Algorithm.SHA384_RSA_PKCS,
            new AlgorithmIdentifier(PKCSObjectIdentifiers.sha384WithRSAEncryption, DERNull.INSTANCE)),
    /** ECDSA on P-384 with SHA-384 (RFC 5758 §3.2). */
    P384(KeyPairTemplate.ec(Curve.P384), Algorithm.ECDSA_SHA384, of(X9ObjectIdentifiers.ecdsa_with_SHA384));

    private final KeyPairTemplate template;
    private final Algorithm algorithm;
    private final AlgorithmIdentifier identifier;

    RootKey(KeyPairTemplate template, Algorithm algorithm, AlgorithmIdentifier identifier) {
        this.template = template;
        this.algorithm = algorithm;
        this.identifier = identifier;
    }

    private static AlgorithmIdentifier of(ASN1ObjectIdentifier oid) {
        return new AlgorithmIdentifier(oid);
    }

    KeyPairTemplate template() {
        return template;
    }

    Algorithm algorithm() {
        return algorithm;
    }

    AlgorithmIdentifier identifier() {
        return identifier;
    }
}
