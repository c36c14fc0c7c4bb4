package org.cofferhsm.hsm.jce;

import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactorySpi;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Translates public keys: {@code translateKey} brings one into the module as a session object, to verify, encrypt or wrap
 * with. {@code generatePublic} does not, since the JDK tries every provider with every certificate that it reads.
 */
final class CofferKeyFactory extends KeyFactorySpi {

    private final Connection connection;
    private final KeyType type;

    CofferKeyFactory(Connection connection, KeyType type) {
        this.connection = connection;
        this.type = type;
    }

    @Override
    protected PublicKey engineGeneratePublic(KeySpec spec) throws InvalidKeySpecException {
        throw new InvalidKeySpecException(
                "another provider reads encoded keys; translateKey brings one into the module");
    }

    @Override
    protected PrivateKey engineGeneratePrivate(KeySpec spec) throws InvalidKeySpecException {
        throw new InvalidKeySpecException(
                "a private key in the clear is not imported; import only wrapped (Cipher.unwrap)");
    }

    @Override
    protected <T extends KeySpec> T engineGetKeySpec(Key key, Class<T> wanted) throws InvalidKeySpecException {
        if (wanted.isAssignableFrom(X509EncodedKeySpec.class) && key instanceof CofferPublicKey own) {
            return wanted.cast(new X509EncodedKeySpec(own.getEncoded()));
        }
        if (wanted.isAssignableFrom(RSAPublicKeySpec.class) && key instanceof RSAPublicKey rsa) {
            return wanted.cast(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
        }
        if (wanted.isAssignableFrom(ECPublicKeySpec.class) && key instanceof ECPublicKey ec) {
            return wanted.cast(new ECPublicKeySpec(ec.getW(), ec.getParams()));
        }
        throw new InvalidKeySpecException("there is no " + wanted.getSimpleName() + " of this key");
    }

    @Override
    protected Key engineTranslateKey(@Nullable Key key) throws InvalidKeyException {
        if (key instanceof CofferKey) {
            return key;
        }
        if (!(key instanceof PublicKey) || !"X.509".equals(key.getFormat())) {
            throw new InvalidKeyException("only public keys are brought into the module in the clear");
        }
        return Failures.withKey(() -> imported(key.getEncoded()));
    }

    private PublicKey imported(byte[] encoded) {
        Attributes attributes = Attributes.of(Attribute.CLASS, ObjectClass.PUBLIC_KEY)
                .with(Attribute.KEY_TYPE, type)
                .with(Attribute.TOKEN, false)
                .with(Usage.VERIFY.attribute(), true);
        if (type == KeyType.RSA) {
            attributes = attributes.with(Usage.ENCRYPT.attribute(), true).with(Usage.WRAP.attribute(), true);
        }
        KeyId id = connection.session().create(attributes, encoded);
        return new KeyHandles(connection).publicKey(id);
    }
}
