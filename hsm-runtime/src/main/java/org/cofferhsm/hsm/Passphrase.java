package org.cofferhsm.hsm;

import java.util.Arrays;
import java.util.function.Function;

/** A passphrase, stretched by Argon2id (RFC 9106). Wiped by {@link #close}. */
public final class Passphrase implements Seal, AutoCloseable {

    private final char[] characters;
    private volatile boolean closed;

    private Passphrase(char[] characters) {
        this.characters = characters;
    }

    /** A copy of {@code characters}; wiping the original stays with the caller. */
    public static Passphrase of(char... characters) {
        return new Passphrase(characters.clone());
    }

    /** Lends the characters for the time of one call; copies that the borrower makes are the borrower's to wipe. */
    public <T> T use(Function<char[], T> borrower) {
        return borrower.apply(characters());
    }

    /** Never the zeros that are left of it, which would seal a module for everybody to open. */
    char[] characters() {
        if (closed) {
            throw new IllegalStateException("the passphrase was wiped");
        }
        return characters;
    }

    @Override
    public void close() {
        closed = true;
        Arrays.fill(characters, '\0');
    }

    @Override
    public String toString() {
        return "Passphrase";
    }
}
