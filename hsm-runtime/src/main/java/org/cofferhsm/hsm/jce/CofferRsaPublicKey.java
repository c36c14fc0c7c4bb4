package org.cofferhsm.hsm.jce;

import java.math.BigInteger;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Octets;
import org.jspecify.annotations.Nullable;

/** An RSA public key of the module (RFC 8017). */
final class CofferRsaPublicKey extends CofferPublicKey implements RSAPublicKey {

    private final BigInteger modulus;
    private final BigInteger exponent;

    CofferRsaPublicKey(Handle handle, SubjectPublicKey encoded) {
        super(handle, "RSA", encoded);
        this.modulus = positive(handle.attributes().get(Attribute.MODULUS));
        this.exponent = positive(handle.attributes().get(Attribute.PUBLIC_EXPONENT));
    }

    private static BigInteger positive(Octets octets) {
        return new BigInteger(1, octets.toByteArray());
    }

    @Override
    public BigInteger getModulus() {
        return modulus;
    }

    @Override
    public BigInteger getPublicExponent() {
        return exponent;
    }

    /** Null: the key is not bound to parameters of RSASSA-PSS. */
    @Override
    public @Nullable AlgorithmParameterSpec getParams() {
        return null;
    }
}
