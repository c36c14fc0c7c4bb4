package org.cofferhsm.hsm.pkcs11.terms;

import java.math.BigInteger;
import java.util.Arrays;
import org.cofferhsm.hsm.der.Der;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.pkcs11.wire.Ckr;
import org.cofferhsm.hsm.pkcs11.wire.Mechanism;

/**
 * Signatures that give their data back (PKCS#11 v3.1 §5.14, §5.16): RSA's without a hash. Whether a signature is authentic is
 * the module's to say; here only the data is looked up in it, which anybody with the public key can do.
 */
public final class Recovery {

    private static final int SHORTEST_PADDING = 8;

    private Recovery() {}

    /** Complains by MECHANISM_INVALID for all others. */
    public static Algorithm algorithm(Mechanism mechanism) {
        Algorithm algorithm = Algorithms.of(mechanism);
        if (algorithm.type() != MechanismType.RSA_PKCS && algorithm.type() != MechanismType.RSA_X_509) {
            throw Ckr.MECHANISM_INVALID.because("a signature by " + algorithm + " does not hold what was signed");
        }
        return algorithm;
    }

    /** The data in a signature; complains by the values of C_VerifyRecover. */
    public static byte[] open(ObjectInfo key, Algorithm algorithm, byte[] signature) {
        Attributes attributes = key.attributes();
        if (!attributes.has(Attribute.MODULUS) || !attributes.has(Attribute.PUBLIC_EXPONENT)) {
            throw Ckr.KEY_TYPE_INCONSISTENT.because("only RSA keys recover what was signed");
        }
        BigInteger modulus = number(attributes, Attribute.MODULUS);
        int length = (modulus.bitLength() + 7) / 8;
        if (signature.length != length) {
            throw Ckr.SIGNATURE_LEN_RANGE.because("a signature of this key has " + length + " bytes");
        }
        BigInteger opened = new BigInteger(1, signature).modPow(number(attributes, Attribute.PUBLIC_EXPONENT), modulus);
        byte[] block = padded(opened, length);
        return algorithm.type() == MechanismType.RSA_X_509 ? block : withoutPadding(block);
    }

    private static BigInteger number(Attributes key, Attribute<org.cofferhsm.hsm.key.Octets> attribute) {
        return new BigInteger(1, key.get(attribute).toByteArray());
    }

    private static byte[] padded(BigInteger number, int length) {
        byte[] digits = Der.unsigned(number);
        byte[] block = new byte[length];
        System.arraycopy(digits, 0, block, length - digits.length, digits.length);
        return block;
    }

    /** 00 01 FF … FF 00 data (RFC 8017 §9.2). */
    private static byte[] withoutPadding(byte[] block) {
        int at = 2;
        while (at < block.length && block[at] == (byte) 0xff) {
            at++;
        }
        boolean padded = block[0] == 0 && block[1] == 1 && at - 2 >= SHORTEST_PADDING;
        if (!padded || at == block.length || block[at] != 0) {
            throw Ckr.SIGNATURE_INVALID.because("the signature is not one of this key");
        }
        return Arrays.copyOfRange(block, at + 1, block.length);
    }
}
