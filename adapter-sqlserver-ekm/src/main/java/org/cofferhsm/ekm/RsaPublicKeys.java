package org.cofferhsm.ekm;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.Octets;

/** The public half of an RSA key, read from what the private half says of itself, so that nobody can put another there. */
final class RsaPublicKeys {

    private RsaPublicKeys() {}

    static RSAPublicKey of(Attributes privateKey) {
        BigInteger modulus = number(privateKey.get(Attribute.MODULUS));
        BigInteger exponent = number(privateKey.get(Attribute.PUBLIC_EXPONENT));
        try {
            return (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
        } catch (GeneralSecurityException e) {
            throw HsmException.internal("the module holds an RSA key that the JDK refuses")
                    .causedBy(e);
        }
    }

    static Thumbprint thumbprint(Attributes privateKey) {
        try {
            return Thumbprint.ofDigest(
                    MessageDigest.getInstance("SHA-256").digest(of(privateKey).getEncoded()));
        } catch (GeneralSecurityException e) {
            throw HsmException.internal("this Java runtime has no SHA-256").causedBy(e);
        }
    }

    private static BigInteger number(Octets bytes) {
        return new BigInteger(1, bytes.toByteArray());
    }
}
