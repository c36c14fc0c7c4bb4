package org.cofferhsm.hsm.store;

import java.sql.SQLException;
import java.util.List;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;

/** The store of a module in a PostgreSQL database: the tables {@code coffer_…} of one schema. */
public final class PostgresStore {

    private static final String TABLES = "SELECT count(*) FROM information_schema.tables"
            + " WHERE table_schema = current_schema() AND table_name = 'coffer_schema'";

    private PostgresStore() {}

    /** Makes the tables of an empty store, all or none, and opens it. */
    public static ObjectStore create(String url, Octets module, RecordProtection protection) {
        Authentication authentication = new Authentication(module, protection);
        return using(url, module, database -> {
            if (isThere(database)) {
                throw HsmException.moduleAlreadyInitialized("there is a store already in " + database.name());
            }
            JdbcStore.create(database, authentication);
            return JdbcStore.open(database, authentication);
        });
    }

    /**
     * Opens the store and verifies everything but the records.
     *
     * @param url a JDBC URL; {@code currentSchema} names the schema
     */
    public static ObjectStore open(String url, Octets module, RecordProtection protection) {
        return using(url, module, database -> {
            if (!isThere(database)) {
                throw HsmException.storeUnavailable(
                        "there is no store in " + database.name() + "; is it the right database and schema?");
            }
            return JdbcStore.open(database, new Authentication(module, protection));
        });
    }

    private static boolean isThere(PostgresDatabase database) throws SQLException {
        return new Sql(database.connection())
                .query(TABLES, row -> row.getInt(1))
                .equals(List.of(1));
    }

    private static ObjectStore using(String url, Octets module, Opening opening) {
        try {
            PostgresDatabase database = PostgresDatabase.open(url, module);
            return closingOnFailure(database, opening);
        } catch (SQLException e) {
            throw HsmException.storeUnavailable("the database does not answer: " + e.getMessage())
                    .causedBy(e);
        }
    }

    private static ObjectStore closingOnFailure(PostgresDatabase database, Opening opening) throws SQLException {
        boolean open = false;
        try {
            ObjectStore store = opening.open(database);
            open = true;
            return store;
        } finally {
            if (!open) {
                database.close();
            }
        }
    }

    /** What is done with a fresh session. */
    @FunctionalInterface
    private interface Opening {
        ObjectStore open(PostgresDatabase database) throws SQLException;
    }
}
