package org.cofferhsm.hsm.pkcs11.terms;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Set;
import org.cofferhsm.hsm.der.Der;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.pkcs11.wire.Cka;
import org.cofferhsm.hsm.pkcs11.wire.Ckr;

/** The parts of a private key that its owner made readable, out of its PKCS#8. */
final class PrivateKeyParts {

    private static final Set<Integer> OF_RSA =
            Set.of(Cka.PRIVATE_EXPONENT, Cka.PRIME_1, Cka.PRIME_2, Cka.EXPONENT_1, Cka.EXPONENT_2, Cka.COEFFICIENT);

    private PrivateKeyParts() {}

    /** Whether private keys of that type have the attribute at all. */
    static boolean has(KeyType type, int number) {
        return type == KeyType.RSA ? OF_RSA.contains(number) : number == Cka.VALUE;
    }

    /** Complains by ATTRIBUTE_SENSITIVE for types whose parts the module only wraps. */
    static byte[] read(KeyType type, int number, byte[] pkcs8) {
        return switch (type) {
            case RSA -> Der.unsigned(part(number, (RSAPrivateCrtKey) parsed("RSA", pkcs8)));
            case EC -> Der.unsigned(((ECPrivateKey) parsed("EC", pkcs8)).getS());
            case EC_EDWARDS, EC_MONTGOMERY -> Arrays.copyOfRange(pkcs8, pkcs8.length - 32, pkcs8.length);
            default -> throw Ckr.ATTRIBUTE_SENSITIVE.because("the value of a private " + type + " key is not shown");
        };
    }

    private static PrivateKey parsed(String algorithm, byte[] pkcs8) {
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            throw Ckr.ATTRIBUTE_SENSITIVE.because("this Java cannot take the " + algorithm + " key apart");
        }
    }

    private static BigInteger part(int number, RSAPrivateCrtKey key) {
        return switch (number) {
            case Cka.PRIVATE_EXPONENT -> key.getPrivateExponent();
            case Cka.PRIME_1 -> key.getPrimeP();
            case Cka.PRIME_2 -> key.getPrimeQ();
            case Cka.EXPONENT_1 -> key.getPrimeExponentP();
            case Cka.EXPONENT_2 -> key.getPrimeExponentQ();
            default -> key.getCrtCoefficient();
        };
    }
}
