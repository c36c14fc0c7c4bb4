package org.cofferhsm.signtool;

import org.cofferhsm.hsm.key.Curve;
import org.cofferhsm.hsm.key.KeyPairTemplate;

/** The kind of key that signs code. */
public enum SigningKey {
    /** RSA of 3072 bits, the least that code-signing certificates may have. */
    RSA_3072("RSA", "SHA256withRSA", KeyPairTemplate.rsa(3072)),
    /** ECDSA on P-256. */
    P256("EC", "SHA256withECDSA", KeyPairTemplate.ec(Curve.P256));

    private final String algorithm;
    private final String signature;
    private final KeyPairTemplate template;

    SigningKey(String algorithm, String signature, KeyPairTemplate template) {
        this.algorithm = algorithm;
        this.signature = signature;
        this.template = template;
    }

    /** The JCA name of the key's algorithm. */
    String algorithm() {
        return algorithm;
    }

    /** The JCA name of the signature in a certificate. */
    String signature() {
        return signature;
    }

    KeyPairTemplate template() {
        return template;
    }
}
