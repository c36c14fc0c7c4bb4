package org.cofferhsm.tde;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A row of {@code V$ENCRYPTION_WALLET} for a keystore in the module.
 *
 * @param detail what a DBA should know besides, or an empty string
 */
public record KeystoreStatus(Container container, Status status, String detail) {

    /** The view's {@code STATUS}. */
    public enum Status {
        OPEN,
        /** No master key was set yet, or the one that was is not in the module any more. */
        OPEN_NO_MASTER_KEY,
        /** The module has master keys of Oracle's own making; which of them the database uses, only it knows. */
        OPEN_UNKNOWN_MASTER_KEY_STATUS,
        CLOSED,
        /** The module, its service or the login is not to be had. */
        NOT_AVAILABLE,
        /** The keystore's records cannot be read. */
        UNDEFINED
    }

    /** The view's columns by their names; an empty text is SQL's null. */
    public Map<String, String> columns() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("WRL_TYPE", "HSM");
        columns.put("WRL_PARAMETER", "");
        columns.put("STATUS", status.name());
        columns.put("WALLET_TYPE", "HSM");
        columns.put("WALLET_ORDER", "SINGLE");
        columns.put("KEYSTORE_MODE", container.mode().name());
        columns.put("FULLY_BACKED_UP", "UNDEFINED");
        columns.put("PDB_NAME", container.name());
        columns.put("DETAIL", detail);
        return columns;
    }
}
