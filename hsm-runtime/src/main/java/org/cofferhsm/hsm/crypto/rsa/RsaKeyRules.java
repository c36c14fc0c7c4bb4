package org.cofferhsm.hsm.crypto.rsa;

import java.math.BigInteger;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.cofferhsm.hsm.error.HsmException;

/**
 * Which RSA keys the module takes: two primes, a modulus of 2048 to 4096 bits, an odd public exponent from 3 (of new keys:
 * from 65537) to 33 bits, which is the most that every engine computes with.
 */
final class RsaKeyRules {

    static final int MIN_BITS = 2048;
    static final int MAX_BITS = 4096;
    static final int STEP_BITS = 256;
    private static final int MAX_EXPONENT_BITS = 33;
    private static final BigInteger THREE = BigInteger.valueOf(3);

    private RsaKeyRules() {}

    /** New keys come in steps of 256 bits, as from other HSMs; what is imported may be of any size between the limits. */
    static int requireNewSize(long bits) {
        if (bits < MIN_BITS || bits > MAX_BITS || bits % STEP_BITS != 0) {
            throw HsmException.keySizeRange("an RSA key of " + bits + " bits cannot be made; ask for " + MIN_BITS
                    + " to " + MAX_BITS + " bits in steps of " + STEP_BITS);
        }
        return (int) bits;
    }

    static void requireNewExponent(BigInteger e) {
        if (e.compareTo(BigInteger.valueOf(65537)) < 0 || !e.testBit(0) || e.bitLength() > MAX_EXPONENT_BITS) {
            throw HsmException.attributeValueInvalid(
                    "the public exponent of a new RSA key has to be odd, at least 65537" + " and at most "
                            + MAX_EXPONENT_BITS + " bits; 65537 is the usual one");
        }
    }

    static void requirePublic(BigInteger n, BigInteger e) {
        if (n.signum() <= 0 || !n.testBit(0) || e.compareTo(THREE) < 0 || !e.testBit(0) || e.compareTo(n) >= 0) {
            throw HsmException.dataInvalid(
                    "the data is no RSA key: its modulus or public exponent is even or too small");
        }
        if (n.bitLength() < MIN_BITS || n.bitLength() > MAX_BITS) {
            throw HsmException.keySizeRange(
                    "RSA keys of " + n.bitLength() + " bits are not supported; take " + MIN_BITS + " to " + MAX_BITS);
        }
        if (e.bitLength() > MAX_EXPONENT_BITS) {
            throw HsmException.attributeValueInvalid(
                    "RSA public exponents of more than " + MAX_EXPONENT_BITS + " bits are not supported");
        }
    }

    /** RFC 8017 §3.2: the relations between the parts, without the costly test that the primes are prime. */
    static void requireConsistent(RSAPrivateKey key) {
        requirePublic(key.getModulus(), key.getPublicExponent());
        if (key.getVersion().signum() != 0) {
            throw HsmException.dataInvalid("RSA keys of more than two primes are not supported");
        }
        boolean fits = positive(key) && primesFit(key) && exponentsFit(key);
        if (!fits) {
            throw HsmException.dataInvalid("the parts of the RSA private key do not fit together; it was damaged");
        }
    }

    private static boolean positive(RSAPrivateKey key) {
        return key.getPrime1().compareTo(BigInteger.ONE) > 0
                && key.getPrime2().compareTo(BigInteger.ONE) > 0
                && key.getPrivateExponent().signum() > 0;
    }

    private static boolean primesFit(RSAPrivateKey key) {
        BigInteger p = key.getPrime1();
        BigInteger q = key.getPrime2();
        return p.multiply(q).equals(key.getModulus())
                && key.getCoefficient().signum() > 0
                && key.getCoefficient().compareTo(p) < 0
                && key.getCoefficient().multiply(q).mod(p).equals(BigInteger.ONE);
    }

    private static boolean exponentsFit(RSAPrivateKey key) {
        BigInteger p1 = key.getPrime1().subtract(BigInteger.ONE);
        BigInteger q1 = key.getPrime2().subtract(BigInteger.ONE);
        BigInteger d = key.getPrivateExponent();
        BigInteger e = key.getPublicExponent();
        return e.multiply(d).mod(p1).equals(BigInteger.ONE)
                && e.multiply(d).mod(q1).equals(BigInteger.ONE)
                && d.mod(p1).equals(key.getExponent1())
                && d.mod(q1).equals(key.getExponent2());
    }
}
