package org.cofferhsm.hsm.jce;

import java.security.InvalidKeyException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactorySpi;
import javax.crypto.spec.SecretKeySpec;
import org.cofferhsm.hsm.key.KeyId;
import org.jspecify.annotations.Nullable;

/** Derives keys inside the module from a {@link CofferDerivationSpec}. Raw keys are not imported. */
final class CofferSecretKeyFactory extends SecretKeyFactorySpi {

    private final Connection connection;

    CofferSecretKeyFactory(Connection connection) {
        this.connection = connection;
    }

    @Override
    protected SecretKey engineGenerateSecret(KeySpec spec) throws InvalidKeySpecException {
        if (!(spec instanceof CofferDerivationSpec derivation)) {
            throw new InvalidKeySpecException("a key in the clear is not imported; import only wrapped"
                    + " (Cipher.unwrap), or derive by a CofferDerivationSpec");
        }
        try {
            Handle base = Handle.of(derivation.base());
            KeyId key = Failures.withKey(
                    () -> base.session().derive(base.id(), derivation.algorithm(), derivation.template()));
            return new KeyHandles(connection).secretKey(key);
        } catch (InvalidKeyException e) {
            throw new InvalidKeySpecException(e.getMessage(), e);
        }
    }

    /** The bytes of a key that is neither sensitive nor unextractable; the module refuses any other. */
    @Override
    protected KeySpec engineGetKeySpec(SecretKey key, Class<?> wanted) throws InvalidKeySpecException {
        if (wanted != SecretKeySpec.class) {
            throw new InvalidKeySpecException("a key is given as SecretKeySpec or not at all");
        }
        try {
            Handle own = Handle.of(key);
            byte[] value = Failures.withKey(() -> own.session().value(own.id()));
            return new SecretKeySpec(value, key.getAlgorithm());
        } catch (InvalidKeyException e) {
            throw new InvalidKeySpecException(e.getMessage(), e);
        }
    }

    @Override
    protected SecretKey engineTranslateKey(@Nullable SecretKey key) throws InvalidKeyException {
        if (key instanceof CofferSecretKey) {
            return key;
        }
        throw new InvalidKeyException("a key in the clear is not imported; import only wrapped (Cipher.unwrap)");
    }
}
