package org.cofferhsm.tde.wallet;

import java.util.Optional;

/** How Oracle names what a TDE wallet holds, as far as it is known from what its own tools list. */
final class EntryNames {

    /** A master key's value; its identifier follows. */
    static final String KEY = "ORACLE.SECURITY.DB.ENCRYPTION.";
    /** What Oracle notes about a master key, in a form that is not documented; the identifier follows. */
    static final String METADATA = "ORACLE.SECURITY.KM.ENCRYPTION.";
    /** Names the master key in use; a pluggable database's has a dot and its GUID behind it. */
    static final String CURRENT = KEY + "MASTERKEY";
    /** A secret that was added for a client by ADMINISTER KEY MANAGEMENT; the client's name follows. */
    static final String CLIENT = "ORACLE.SECURITY.CL.ENCRYPTION.";
    /** The secret by which a database logs in to an HSM without being asked. */
    static final String HSM_PASSWORD = CLIENT + "HSM_PASSWORD";

    private EntryNames() {}

    /** The master key whose value an entry of that name is. */
    static Optional<WalletKeyId> key(String name) {
        return name.startsWith(KEY) ? WalletKeyId.parse(name.substring(KEY.length())) : Optional.empty();
    }

    /** Whose current key an entry of that name tells: a GUID, or an empty string for the database itself. */
    static Optional<String> currentOf(String name) {
        if (name.equals(CURRENT)) {
            return Optional.of("");
        }
        return name.startsWith(CURRENT + ".") ? Optional.of(name.substring(CURRENT.length() + 1)) : Optional.empty();
    }
}
