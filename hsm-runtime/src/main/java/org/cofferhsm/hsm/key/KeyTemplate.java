package org.cofferhsm.hsm.key;

/**
 * What a key to be generated, unwrapped or derived shall be: its type, its size, and any attributes.
 *
 * <p>Uses that are not allowed here are forbidden; a key is a token object, private and sensitive unless said otherwise.
 */
public record KeyTemplate(Attributes attributes) {

    /** An AES key of 128, 192 or 256 bits. */
    public static KeyTemplate aes(int bits) {
        return secret(KeyType.AES).with(Attribute.VALUE_LENGTH, bits / 8L);
    }

    /** A generic secret (HMAC, derivation) of 8 to 6,400 bits. */
    public static KeyTemplate genericSecret(int bits) {
        return secret(KeyType.GENERIC_SECRET).with(Attribute.VALUE_LENGTH, bits / 8L);
    }

    /** A secret key whose length the wrapped or derived value decides. */
    public static KeyTemplate secret(KeyType type) {
        return of(ObjectClass.SECRET_KEY, type);
    }

    /** A private key whose size the wrapped value decides. */
    public static KeyTemplate privateKey(KeyType type) {
        return of(ObjectClass.PRIVATE_KEY, type);
    }

    private static KeyTemplate of(ObjectClass objectClass, KeyType type) {
        return new KeyTemplate(Attributes.of(Attribute.CLASS, objectClass).with(Attribute.KEY_TYPE, type));
    }

    public KeyTemplate labelled(String label) {
        return with(Attribute.LABEL, label);
    }

    /** With these uses, and those allowed before. */
    public KeyTemplate allowing(Usage... usages) {
        KeyTemplate result = this;
        for (Usage usage : usages) {
            result = result.with(usage.attribute(), true);
        }
        return result;
    }

    /** A session object: it is not stored and goes with its session. */
    public KeyTemplate forSession() {
        return with(Attribute.TOKEN, false);
    }

    /** The key can be wrapped. */
    public KeyTemplate extractable() {
        return with(Attribute.EXTRACTABLE, true);
    }

    public <T> KeyTemplate with(Attribute<T> attribute, T value) {
        return new KeyTemplate(attributes.with(attribute, value));
    }

    public KeyTemplate withAll(Attributes others) {
        return new KeyTemplate(attributes.withAll(others));
    }
}
