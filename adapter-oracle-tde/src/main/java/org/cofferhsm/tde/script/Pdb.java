package org.cofferhsm.tde.script;

/**
 * A pluggable database.
 *
 * @param user the crypto user that its keys belong to in isolated mode
 */
public record Pdb(String name, String user) {

    public Pdb {
        name = SqlText.identifier(name);
        user = SqlText.cryptoUser(user);
    }

    /** Reads {@code NAME} or {@code NAME=USER}; without a user it is named as the database. */
    public static Pdb parse(String text) {
        String[] parts = text.split("=", 2);
        return new Pdb(parts[0], parts.length == 2 ? parts[1] : parts[0].toLowerCase(java.util.Locale.ROOT));
    }
}
