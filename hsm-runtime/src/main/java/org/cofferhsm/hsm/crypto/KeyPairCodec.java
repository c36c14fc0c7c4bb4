package org.cofferhsm.hsm.crypto;

import java.util.Set;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.ObjectClass;

/**
 * How the key pairs of one family of types are read, written and described: private keys as PKCS#8 (RFC 5958), public
 * keys as SubjectPublicKeyInfo (RFC 5280 §4.1), both in DER. {@link KeyCodec} asks the one that names the key's type.
 * Safe for use by several threads.
 */
public interface KeyPairCodec {

    /** The types of key it understands. */
    Set<KeyType> keyTypes();

    /**
     * Reads one half of a pair; complains by {@code dataInvalid} when {@code encoded} is not a key of that class and
     * type, and by {@code keySizeRange} or {@code attributeValueInvalid} when its size or curve is not supported.
     * {@code encoded} stays the caller's to wipe.
     */
    EngineKey decode(ObjectClass objectClass, KeyType type, byte[] encoded);

    /** Writes the key in the one form that {@link #decode} reads, whichever engine made it. The caller wipes it. */
    byte[] encode(EngineKey key);

    /**
     * What the key says of itself, for either half: MODULUS, MODULUS_BITS and PUBLIC_EXPONENT, or CURVE and (of a public
     * key) EC_POINT, or PARAMETER_SET. {@link KeyCodec} adds class, type and check value.
     */
    Attributes describe(EngineKey key);

    /**
     * The content of SubjectPublicKeyInfo's {@code subjectPublicKey} bit string, for either half: what the check value is
     * taken over, so that both halves have the same.
     */
    byte[] subjectPublicKey(EngineKey key);
}
