package org.cofferhsm.hsm.jce;

import java.util.Arrays;
import org.cofferhsm.hsm.error.HsmException;

/** A user name and PIN, written {@code user:pin}. {@link #close} wipes the PIN. */
final class Credentials implements AutoCloseable {

    private final String user;
    private final char[] pin;

    private Credentials(String user, char[] pin) {
        this.user = user;
        this.pin = pin;
    }

    /** Reads {@code user:pin}; the first colon divides, since user names hold none. The text stays the caller's to wipe. */
    static Credentials parse(char[] text) {
        int colon = 0;
        while (colon < text.length && text[colon] != ':') {
            colon++;
        }
        if (colon == 0 || colon >= text.length - 1) {
            throw HsmException.argumentInvalid("the password of the Coffer key store is written user:pin");
        }
        return new Credentials(String.valueOf(text, 0, colon), Arrays.copyOfRange(text, colon + 1, text.length));
    }

    String user() {
        return user;
    }

    /** The PIN itself, lent: {@link #close} wipes it. */
    char[] pin() {
        return pin;
    }

    @Override
    public void close() {
        Arrays.fill(pin, '\0');
    }

    @Override
    public String toString() {
        return "Credentials[" + user + "]";
    }
}
