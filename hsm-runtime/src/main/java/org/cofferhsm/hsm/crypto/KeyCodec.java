package org.cofferhsm.hsm.crypto;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.cofferhsm.hsm.crypto.ec.EcKeyCodec;
import org.cofferhsm.hsm.crypto.ec.Rfc8410KeyCodec;
import org.cofferhsm.hsm.crypto.pqc.PqcKeyCodec;
import org.cofferhsm.hsm.crypto.rsa.RsaKeyCodec;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.Octets;

/**
 * How keys are written and read: a secret key as its bytes, a private key as PKCS#8, a public key as
 * SubjectPublicKeyInfo; and what a key says of itself, with its check value (PKCS#11 v3.1 §4.10.2).
 */
public final class KeyCodec {

    private static final int CHECK_VALUE_BYTES = 3;

    private final Engine engine;
    private final SecretKeyCodec secretKeys;
    private final Map<KeyType, KeyPairCodec> keyPairs = new EnumMap<>(KeyType.class);

    KeyCodec(Engine engine, List<KeyPairCodec> keyPairCodecs) {
        this.engine = engine;
        this.secretKeys = new SecretKeyCodec(engine);
        keyPairCodecs.forEach(codec -> codec.keyTypes().forEach(type -> keyPairs.put(type, codec)));
    }

    /** For all types of key that the module has. */
    public static KeyCodec standard(Engine engine) {
        return new KeyCodec(
                engine,
                List.of(
                        new RsaKeyCodec(engine),
                        new EcKeyCodec(engine),
                        new Rfc8410KeyCodec(engine),
                        new PqcKeyCodec()));
    }

    /**
     * Reads a key; complains by {@code dataInvalid} when {@code encoded} is no key of that class and type, and by
     * {@code keySizeRange} when its size is not supported. {@code encoded} stays the caller's to wipe.
     */
    public EngineKey decode(ObjectClass objectClass, KeyType type, byte[] encoded) {
        if (type.isSymmetric() != (objectClass == ObjectClass.SECRET_KEY) || !objectClass.isKey()) {
            throw HsmException.templateInconsistent(
                    "a key of type " + type + " is never a " + objectClass + "; state the class that fits the type");
        }
        return type.isSymmetric()
                ? secretKeys.decode(type, encoded)
                : keyPairCodec(type).decode(objectClass, type, encoded);
    }

    /** The type of a public key, as its SubjectPublicKeyInfo says; complains by {@code dataInvalid} when it is none. */
    public KeyType typeOfPublicKey(byte[] encoded) {
        return Arrays.stream(KeyType.values())
                .filter(type -> !type.isSymmetric() && isPublicKey(type, encoded))
                .findFirst()
                .orElseThrow(() -> HsmException.dataInvalid(
                        "the value is no public key (X.509 SubjectPublicKeyInfo) of a type that the module has"));
    }

    private boolean isPublicKey(KeyType type, byte[] encoded) {
        try {
            decode(ObjectClass.PUBLIC_KEY, type, encoded);
            return true;
        } catch (HsmException e) {
            if (e.reason() == Reason.DATA_INVALID) {
                return false; // of another type
            }
            throw e;
        }
    }

    /** Writes a key as {@link #decode} reads it. The caller wipes the array. */
    public byte[] encode(EngineKey key) {
        return key.type().isSymmetric()
                ? key.jca().getEncoded()
                : keyPairCodec(key.type()).encode(key);
    }

    /** CLASS, KEY_TYPE, what gives the size (VALUE_LENGTH, MODULUS …, CURVE …, PARAMETER_SET) and CHECK_VALUE. */
    public Attributes describe(EngineKey key) {
        Attributes own = key.type().isSymmetric()
                ? secretKeys.describe(key)
                : keyPairCodec(key.type()).describe(key).with(Attribute.CHECK_VALUE, checkValueOfPair(key));
        return own.with(Attribute.CLASS, key.objectClass()).with(Attribute.KEY_TYPE, key.type());
    }

    private Octets checkValueOfPair(EngineKey key) {
        byte[] publicKey = keyPairCodec(key.type()).subjectPublicKey(key);
        return Octets.of(Arrays.copyOf(engine.messageDigest("SHA-1").digest(publicKey), CHECK_VALUE_BYTES));
    }

    private KeyPairCodec keyPairCodec(KeyType type) {
        KeyPairCodec codec = keyPairs.get(type);
        if (codec == null) {
            throw HsmException.keyTypeInconsistent("keys of type " + type + " are not supported");
        }
        return codec;
    }
}
