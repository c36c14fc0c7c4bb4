package org.cofferhsm.ca;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.cofferhsm.hsm.error.HsmException;

/** Which public keys the CA certifies: RSA of 2048 to 8192 bits, ECDSA on P-256, P-384 and P-521, and Ed25519. */
final class KeyStrength {

    private static final int MIN_RSA_BITS = 2048;
    private static final int MAX_RSA_BITS = 8192;
    private static final BigInteger MIN_EXPONENT = BigInteger.valueOf(65_537);
    private static final Set<ASN1ObjectIdentifier> CURVES =
            Set.of(SECObjectIdentifiers.secp256r1, SECObjectIdentifiers.secp384r1, SECObjectIdentifiers.secp521r1);

    private KeyStrength() {}

    /** Complains about any other key. */
    static void require(SubjectPublicKeyInfo key) throws IOException {
        AlgorithmIdentifier algorithm = key.getAlgorithm();
        boolean strong = algorithm.getAlgorithm().equals(EdECObjectIdentifiers.id_Ed25519)
                || isKnownCurve(algorithm)
                || isRsa(algorithm) && isStrongRsa(RSAPublicKey.getInstance(key.parsePublicKey()));
        if (!strong) {
            throw HsmException.dataInvalid("the CA does not certify this kind or size of key; it certifies RSA of "
                    + MIN_RSA_BITS + " to " + MAX_RSA_BITS + " bits, P-256, P-384, P-521 and Ed25519");
        }
    }

    /** The JCA's name for the kind of a key that was accepted. */
    static String kind(AlgorithmIdentifier algorithm) {
        if (isRsa(algorithm)) {
            return "RSA";
        }
        return isKnownCurve(algorithm) ? "EC" : "Ed25519";
    }

    /** Whether a key is RSA, which TLS may also encrypt with. */
    static boolean isRsa(AlgorithmIdentifier algorithm) {
        return algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption);
    }

    private static boolean isKnownCurve(AlgorithmIdentifier algorithm) {
        return algorithm.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)
                && algorithm.getParameters() instanceof ASN1ObjectIdentifier curve
                && CURVES.contains(curve);
    }

    private static boolean isStrongRsa(RSAPublicKey key) {
        int bits = key.getModulus().bitLength();
        BigInteger exponent = key.getPublicExponent();
        return bits >= MIN_RSA_BITS
                && bits <= MAX_RSA_BITS
                && exponent.testBit(0)
                && exponent.compareTo(MIN_EXPONENT) >= 0;
    }
}
