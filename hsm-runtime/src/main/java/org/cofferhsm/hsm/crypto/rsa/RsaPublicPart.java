package org.cofferhsm.hsm.crypto.rsa;

import java.math.BigInteger;
import java.security.Key;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.error.HsmException;

/** What both halves of an RSA pair show: modulus and public exponent (RFC 8017 §3.1). */
record RsaPublicPart(BigInteger modulus, BigInteger exponent) {

    static RsaPublicPart of(EngineKey key) {
        return of(key.jca());
    }

    static RsaPublicPart of(Key key) {
        if (key instanceof RSAPublicKey half) {
            return new RsaPublicPart(half.getModulus(), half.getPublicExponent());
        }
        if (key instanceof RSAPrivateCrtKey half) {
            return new RsaPublicPart(half.getModulus(), half.getPublicExponent());
        }
        throw HsmException.keyTypeInconsistent("the key is not an RSA key with its public exponent");
    }
}
