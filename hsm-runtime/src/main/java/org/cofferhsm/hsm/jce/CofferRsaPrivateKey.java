package org.cofferhsm.hsm.jce;

import java.math.BigInteger;
import java.security.interfaces.RSAKey;
import java.security.spec.AlgorithmParameterSpec;
import org.cofferhsm.hsm.key.Attribute;
import org.jspecify.annotations.Nullable;

/** The handle of an RSA private key. It tells its modulus, from which JSSE and jarsigner see the key's size. */
final class CofferRsaPrivateKey extends CofferPrivateKey implements RSAKey {

    private final BigInteger modulus;

    CofferRsaPrivateKey(Handle handle) {
        super(handle, "RSA");
        this.modulus =
                new BigInteger(1, handle.attributes().get(Attribute.MODULUS).toByteArray());
    }

    @Override
    public BigInteger getModulus() {
        return modulus;
    }

    /** Null: the key is not bound to parameters of RSASSA-PSS. */
    @Override
    public @Nullable AlgorithmParameterSpec getParams() {
        return null;
    }
}
