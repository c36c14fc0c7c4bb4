package org.cofferhsm.hsm.key;

/** What a key may be used for; each use is one boolean attribute of PKCS#11. */
public enum Usage {
    ENCRYPT(Attribute.ENCRYPT),
    DECRYPT(Attribute.DECRYPT),
    SIGN(Attribute.SIGN),
    VERIFY(Attribute.VERIFY),
    WRAP(Attribute.WRAP),
    UNWRAP(Attribute.UNWRAP),
    DERIVE(Attribute.DERIVE);

    private final Attribute<Boolean> attribute;

    Usage(Attribute<Boolean> attribute) {
        this.attribute = attribute;
    }

    /** The attribute that allows this use. */
    public Attribute<Boolean> attribute() {
        return attribute;
    }
}
