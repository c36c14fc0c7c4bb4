package org.cofferhsm.hsm.jce;

import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import javax.crypto.Cipher;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.ObjectClass;

/**
 * Keys leaving and entering the module, always under another key and always as handles.
 *
 * @param keySpec what an unwrapped key shall be; without it a session key that may do what its type can
 */
record KeyTransport(Handle wrappingKey, Algorithm algorithm, Optional<CofferKeySpec> keySpec) {

    byte[] wrap(Key payload) throws InvalidKeyException {
        Handle own = Handle.of(payload);
        return Failures.withKey(() -> wrappingKey.session().wrap(wrappingKey.id(), own.id(), algorithm));
    }

    Key unwrap(byte[] wrapped, String keyAlgorithm, int cipherKeyType)
            throws InvalidKeyException, NoSuchAlgorithmException {
        KeyTemplate template = template(keyAlgorithm, cipherKeyType);
        KeyId key =
                Failures.withKey(() -> wrappingKey.session().unwrap(wrappingKey.id(), wrapped, algorithm, template));
        KeyHandles handles = new KeyHandles(wrappingKey.connection());
        return cipherKeyType == Cipher.PRIVATE_KEY ? handles.privateKey(key) : handles.secretKey(key);
    }

    private KeyTemplate template(String keyAlgorithm, int cipherKeyType)
            throws InvalidKeyException, NoSuchAlgorithmException {
        KeyTemplate usual = switch (cipherKeyType) {
            case Cipher.SECRET_KEY -> Defaults.secret(KeyNames.secret(keyAlgorithm));
            case Cipher.PRIVATE_KEY -> Defaults.privateKey(KeyNames.pair(keyAlgorithm));
            default -> throw new InvalidKeyException("a public key is no secret and is not wrapped");
        };
        return keySpec.isPresent() ? checked(keySpec.get().template(), usual) : usual;
    }

    private static KeyTemplate checked(KeyTemplate wanted, KeyTemplate usual) throws InvalidKeyException {
        KeyType type = usual.attributes().get(Attribute.KEY_TYPE);
        ObjectClass objectClass = usual.attributes().get(Attribute.CLASS);
        if (wanted.attributes().find(Attribute.KEY_TYPE).orElse(type) != type
                || wanted.attributes().find(Attribute.CLASS).orElse(objectClass) != objectClass) {
            throw new InvalidKeyException("the template is not for a " + objectClass + " of the type " + type);
        }
        return wanted;
    }
}
