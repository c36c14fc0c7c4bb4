package org.cofferhsm.hsm.key;

/** What an object is: PKCS#11's CKA_CLASS (v3.1 §4.2). */
public enum ObjectClass {
    DATA(0, "data"),
    CERTIFICATE(1, "certificate"),
    PUBLIC_KEY(2, "public-key"),
    PRIVATE_KEY(3, "private-key"),
    SECRET_KEY(4, "secret-key");

    private final int code;
    private final String text;

    ObjectClass(int code, String text) {
        this.code = code;
        this.text = text;
    }

    /** The CKO_* number. */
    public int code() {
        return code;
    }

    /** Whether objects of this class hold key material. */
    public boolean isKey() {
        return this == PUBLIC_KEY || this == PRIVATE_KEY || this == SECRET_KEY;
    }

    /** Whether objects of this class hold a secret. */
    public boolean isSecret() {
        return this == PRIVATE_KEY || this == SECRET_KEY;
    }

    /** The name that the command line uses. */
    @Override
    public String toString() {
        return text;
    }
}
