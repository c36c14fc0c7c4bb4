package org.cofferhsm.hsm.crypto;

/** What a key derived from the master key is for. A label is part of the derivation and never changes. */
public enum Purpose {
    /** Seals the secrets of objects and users. */
    OBJECTS("coffer/v1/objects"),
    /** Seals backups. */
    BACKUP("coffer/v1/backup"),
    /** Authenticates the audit log's records. */
    AUDIT_MAC("coffer/v1/audit-mac"),
    /** Peppers the hashes of PINs. */
    PIN_PEPPER("coffer/v1/pin-pepper"),
    /** Authenticates the store's root. */
    STORE_ROOT("coffer/v1/store-root"),
    /** Authenticates the tickets that stand for a login. */
    TICKETS("coffer/v1/tickets");

    private final String label;

    Purpose(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
