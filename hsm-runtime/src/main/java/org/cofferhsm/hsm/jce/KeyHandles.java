package org.cofferhsm.hsm.jce;

import java.security.PrivateKey;
import java.security.PublicKey;
import javax.crypto.SecretKey;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.ObjectInfo;

/** Makes the JCA's key objects for objects of the module, each with the interfaces that its type has in the JCA. */
final class KeyHandles {

    private final Connection connection;

    KeyHandles(Connection connection) {
        this.connection = connection;
    }

    PrivateKey privateKey(KeyId id) {
        return privateKey(connection.session().describe(id));
    }

    PrivateKey privateKey(ObjectInfo object) {
        Handle handle = new Handle(connection, object);
        return switch (handle.type()) {
            case RSA -> new CofferRsaPrivateKey(handle);
            case EC -> new CofferEcPrivateKey(handle);
            case EC_EDWARDS -> new CofferEdwardsPrivateKey(handle);
            case EC_MONTGOMERY -> new CofferMontgomeryPrivateKey(handle);
            case ML_DSA, ML_KEM -> new CofferPrivateKey(handle, parameterSet(handle));
            case AES, GENERIC_SECRET, SHA1_HMAC, SHA256_HMAC, SHA384_HMAC, SHA512_HMAC -> throw notOneOfAPair(handle);
        };
    }

    PublicKey publicKey(KeyId id) {
        return publicKey(connection.session().describe(id));
    }

    PublicKey publicKey(ObjectInfo object) {
        Handle handle = new Handle(connection, object);
        SubjectPublicKey encoded = SubjectPublicKey.of(handle.session().value(object.id()));
        return switch (handle.type()) {
            case RSA -> new CofferRsaPublicKey(handle, encoded);
            case EC -> new CofferEcPublicKey(handle, encoded);
            case EC_EDWARDS -> new CofferEdwardsPublicKey(handle, encoded);
            case EC_MONTGOMERY -> new CofferMontgomeryPublicKey(handle, encoded);
            case ML_DSA, ML_KEM -> new CofferPublicKey(handle, parameterSet(handle), encoded);
            case AES, GENERIC_SECRET, SHA1_HMAC, SHA256_HMAC, SHA384_HMAC, SHA512_HMAC -> throw notOneOfAPair(handle);
        };
    }

    SecretKey secretKey(KeyId id) {
        return secretKey(connection.session().describe(id));
    }

    SecretKey secretKey(ObjectInfo object) {
        Handle handle = new Handle(connection, object);
        return new CofferSecretKey(handle, secretName(handle.type()));
    }

    private static String secretName(KeyType type) {
        return switch (type) {
            case AES -> "AES";
            case SHA1_HMAC -> "HmacSHA1";
            case SHA256_HMAC -> "HmacSHA256";
            case SHA384_HMAC -> "HmacSHA384";
            case SHA512_HMAC -> "HmacSHA512";
            case GENERIC_SECRET, RSA, EC, EC_EDWARDS, EC_MONTGOMERY, ML_KEM, ML_DSA -> "GenericSecret";
        };
    }

    private static String parameterSet(Handle handle) {
        return handle.attributes().get(Attribute.PARAMETER_SET).standardName();
    }

    private static HsmException notOneOfAPair(Handle handle) {
        return HsmException.keyTypeInconsistent("the key " + handle + " is a secret key, not half of a pair");
    }
}
