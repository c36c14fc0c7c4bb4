package org.cofferhsm.hsm.key;

/**
 * What a key pair to be generated shall be: one set of attributes for each half.
 *
 * <p>Uses that are not allowed here are forbidden; both halves are token objects unless said otherwise.
 */
public record KeyPairTemplate(Attributes publicKey, Attributes privateKey) {

    /** An RSA pair of 2048 to 4096 bits with the public exponent 65537. */
    public static KeyPairTemplate rsa(int bits) {
        KeyPairTemplate pair = of(KeyType.RSA);
        return new KeyPairTemplate(pair.publicKey.with(Attribute.MODULUS_BITS, (long) bits), pair.privateKey);
    }

    public static KeyPairTemplate ec(Curve curve) {
        KeyPairTemplate pair = of(curve.keyType());
        return new KeyPairTemplate(pair.publicKey.with(Attribute.CURVE, curve), pair.privateKey);
    }

    public static KeyPairTemplate pqc(PqcParameterSet set) {
        KeyPairTemplate pair = of(set.keyType());
        return new KeyPairTemplate(pair.publicKey.with(Attribute.PARAMETER_SET, set), pair.privateKey);
    }

    private static KeyPairTemplate of(KeyType type) {
        Attributes typed = Attributes.of(Attribute.KEY_TYPE, type);
        return new KeyPairTemplate(
                typed.with(Attribute.CLASS, ObjectClass.PUBLIC_KEY),
                typed.with(Attribute.CLASS, ObjectClass.PRIVATE_KEY));
    }

    public KeyPairTemplate labelled(String label) {
        return with(Attribute.LABEL, label);
    }

    /** With these uses, each on the half that it belongs to. */
    public KeyPairTemplate allowing(Usage... usages) {
        Attributes forPublic = publicKey;
        Attributes forPrivate = privateKey;
        for (Usage usage : usages) {
            forPublic = isOfPublicHalf(usage) ? forPublic.with(usage.attribute(), true) : forPublic;
            forPrivate = isOfPrivateHalf(usage) ? forPrivate.with(usage.attribute(), true) : forPrivate;
        }
        return new KeyPairTemplate(forPublic, forPrivate);
    }

    /** A key encapsulation derives on both sides. */
    private boolean isOfPublicHalf(Usage usage) {
        return switch (usage) {
            case ENCRYPT, VERIFY, WRAP -> true;
            case DECRYPT, SIGN, UNWRAP -> false;
            case DERIVE -> publicKey.get(Attribute.KEY_TYPE) == KeyType.ML_KEM;
        };
    }

    private static boolean isOfPrivateHalf(Usage usage) {
        return switch (usage) {
            case DECRYPT, SIGN, UNWRAP, DERIVE -> true;
            case ENCRYPT, VERIFY, WRAP -> false;
        };
    }

    /** Session objects: they are not stored and go with their session. */
    public KeyPairTemplate forSession() {
        return with(Attribute.TOKEN, false);
    }

    /** The private key can be wrapped. */
    public KeyPairTemplate extractable() {
        return withPrivate(Attribute.EXTRACTABLE, true);
    }

    /** With an attribute of both halves. */
    public <T> KeyPairTemplate with(Attribute<T> attribute, T value) {
        return new KeyPairTemplate(publicKey.with(attribute, value), privateKey.with(attribute, value));
    }

    public <T> KeyPairTemplate withPublic(Attribute<T> attribute, T value) {
        return new KeyPairTemplate(publicKey.with(attribute, value), privateKey);
    }

    public <T> KeyPairTemplate withPrivate(Attribute<T> attribute, T value) {
        return new KeyPairTemplate(publicKey, privateKey.with(attribute, value));
    }
}
