package org.cofferhsm.ekm;

import java.util.Arrays;

/**
 * What {@code CREATE CREDENTIAL} gives ({@code SqlCpCredential}); closing wipes the secret.
 *
 * @param name IDENTITY: the name of a crypto user
 * @param secret SECRET: the user's PIN
 */
public record Credential(String name, char[] secret) implements AutoCloseable {

    @Override
    public void close() {
        Arrays.fill(secret, '\0');
    }

    @Override
    public String toString() {
        return "Credential of " + name;
    }
}
