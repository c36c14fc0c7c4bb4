package org.cofferhsm.signtool.authenticode;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.cofferhsm.hsm.error.HsmException;

/** How a key signs; Authenticode knows two ways. */
public enum SignatureScheme {
    /** RSASSA-PKCS1-v1_5 (RFC 8017 §8.2). */
    RSA("RSA"),
    /** ECDSA, its value in DER (RFC 5753). */
    ECDSA("ECDSA");

    private final String jcaName;

    SignatureScheme(String jcaName) {
        this.jcaName = jcaName;
    }

    /** The scheme of a certificate's key. */
    public static SignatureScheme of(X509Certificate certificate) {
        return switch (certificate.getPublicKey().getAlgorithm()) {
            case "RSA" -> RSA;
            case "EC" -> ECDSA;
            default ->
                throw HsmException.keyTypeInconsistent("Authenticode knows RSA and EC keys only; the certificate of \""
                        + certificate.getSubjectX500Principal() + "\" has a key of type "
                        + certificate.getPublicKey().getAlgorithm());
        };
    }

    /** What a SignerInfo says: rsaEncryption, as SignTool writes it, or ecdsa-with-SHA2. */
    AlgorithmIdentifier identifier(DigestAlgorithm digest) {
        return this == RSA
                ? new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE)
                : new AlgorithmIdentifier(ecdsaWith(digest));
    }

    /** Whether a SignerInfo with this signature algorithm means this scheme with this hash function. */
    public boolean isNamed(ASN1ObjectIdentifier algorithm, DigestAlgorithm digest) {
        return this == RSA
                ? algorithm.equals(PKCSObjectIdentifiers.rsaEncryption) || algorithm.equals(rsaWith(digest))
                : algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey) || algorithm.equals(ecdsaWith(digest));
    }

    private static ASN1ObjectIdentifier rsaWith(DigestAlgorithm digest) {
        return switch (digest) {
            case SHA1 -> PKCSObjectIdentifiers.sha1WithRSAEncryption;
            case SHA256 -> PKCSObjectIdentifiers.sha256WithRSAEncryption;
            case SHA384 -> PKCSObjectIdentifiers.sha384WithRSAEncryption;
            case SHA512 -> PKCSObjectIdentifiers.sha512WithRSAEncryption;
        };
    }

    private static ASN1ObjectIdentifier ecdsaWith(DigestAlgorithm digest) {
        return switch (digest) {
            case SHA1 -> X9ObjectIdentifiers.ecdsa_with_SHA1;
            case SHA256 -> X9ObjectIdentifiers.ecdsa_with_SHA256;
            case SHA384 -> X9ObjectIdentifiers.ecdsa_with_SHA384;
            case SHA512 -> X9ObjectIdentifiers.ecdsa_with_SHA512;
        };
    }

    /** Whether the key made this signature value over this data. */
    public boolean verifies(PublicKey key, DigestAlgorithm digest, byte[] data, byte[] value) {
        try {
            Signature signature = Signature.getInstance(digest.name() + "with" + jcaName);
            signature.initVerify(key);
            signature.update(data);
            return signature.verify(value);
        } catch (GeneralSecurityException e) {
            return false; // Java throws for a value that is no signature at all
        }
    }
}
