package org.cofferhsm.hsm.pkcs11.wire;

/** A refusal that is Cryptoki's own, which the module behind it has no reason for: sessions, handles, templates. */
public final class CryptokiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Ckr value;

    CryptokiException(Ckr value, String message) {
        super(message, null, false, false); // its name says it all, and programs ask much that is refused
        this.value = value;
    }

    /** What the program is told. */
    public Ckr value() {
        return value;
    }
}
