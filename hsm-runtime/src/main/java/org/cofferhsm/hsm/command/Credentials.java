package org.cofferhsm.hsm.command;

import java.util.Arrays;
import java.util.Optional;
import org.cofferhsm.hsm.user.Role;

/** Who logs in, and the PIN; wiped by {@link #close}. */
public final class Credentials implements AutoCloseable {

    private final String user;
    private final char[] pin;
    private final Optional<Role> role;

    /**
     * @param pin taken over
     * @param role the role that the user must have, when the caller named one
     */
    public Credentials(String user, char[] pin, Optional<Role> role) {
        this.user = user;
        this.pin = pin;
        this.role = role;
    }

    /** Reads {@code user:pin}; {@code text} is wiped. Empty when there is no colon in it. */
    public static Optional<Credentials> parse(char[] text, Optional<Role> role) {
        int colon = 0; // sought without a String, which could not be wiped
        while (colon < text.length && text[colon] != ':') {
            colon++;
        }
        try {
            return colon == 0 || colon == text.length
                    ? Optional.empty()
                    : Optional.of(new Credentials(
                            new String(text, 0, colon), Arrays.copyOfRange(text, colon + 1, text.length), role));
        } finally {
            Arrays.fill(text, '\0');
        }
    }

    public String user() {
        return user;
    }

    /** Lent until this is closed. */
    public char[] pin() {
        return pin;
    }

    public Optional<Role> role() {
        return role;
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
