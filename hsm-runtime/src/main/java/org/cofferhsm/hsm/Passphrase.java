package org.cofferhsm.hsm;

import java.util.Arrays;

/** A passphrase, stretched by Argon2id (RFC 9106). Wiped by {@link #close}. */
public final class Passphrase implements Seal, AutoCloseable {

    private final char[] characters;

    private Passphrase(char[] characters) {
        this.characters = characters;
    }

    /** A copy of {@code characters}; wiping the original stays with the caller. */
    public static Passphrase of(char... characters) {
        return new Passphrase(characters.clone());
    }

    char[] characters() {
        return characters;
    }

    @Override
    public void close() {
        Arrays.fill(characters, '\0');
    }

    @Override
    public String toString() {
        return "Passphrase";
    }
}
