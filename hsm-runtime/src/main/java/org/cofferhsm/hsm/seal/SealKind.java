package org.cofferhsm.hsm.seal;

import java.util.Arrays;
import java.util.Optional;

/** What a master key is sealed under. The code is written into the seal and never changes its meaning. */
public enum SealKind {
    /** A file of 32 random bytes. */
    KEY_FILE(1, "a key file"),
    /** A passphrase, stretched by Argon2id (RFC 9106). */
    PASSPHRASE(2, "a passphrase");

    private final int code;
    private final String text;

    SealKind(int code, String text) {
        this.code = code;
        this.text = text;
    }

    int code() {
        return code;
    }

    static Optional<SealKind> ofCode(int code) {
        return Arrays.stream(values()).filter(kind -> kind.code == code).findFirst();
    }

    /** In words. */
    @Override
    public String toString() {
        return text;
    }
}
