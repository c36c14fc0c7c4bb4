package org.cofferhsm.hsm.pkcs11.wire;

import org.cofferhsm.hsm.spi.MalformedMessageException;

/** Which of the operations that a session can have running, one of each. */
public enum PartKind {
    ENCRYPT,
    DECRYPT,
    SIGN,
    VERIFY,
    DIGEST;

    private static final PartKind[] ALL = values();

    /** The kind of that number, counted from 1. */
    public static PartKind of(int number) {
        if (number < 1 || number > ALL.length) {
            throw new MalformedMessageException("there is no kind of operation " + number);
        }
        return ALL[number - 1];
    }
}
