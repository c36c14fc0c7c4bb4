package org.cofferhsm.hsm.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.cofferhsm.hsm.error.HsmException;

/**
 * The tables and their versions. Version <i>n</i> is made from <i>n-1</i> by the <i>n</i>th script; a script that was
 * released never changes.
 */
final class Schema {

    private static final List<String> SCRIPTS = List.of("V001__records.sql");

    private final Sql sql;
    private final String dialect;

    Schema(Sql sql, String dialect) {
        this.sql = sql;
        this.dialect = dialect;
    }

    void create() throws SQLException {
        upgradeFrom(0);
    }

    /** Brings the tables of an earlier release to this one's version. */
    void migrate() throws SQLException {
        List<Integer> versions = sql.query("SELECT version FROM coffer_schema", row -> row.getInt(1));
        if (versions.size() != 1 || versions.get(0) < 1) {
            throw HsmException.storeTampered("the database does not say its schema's version (it says " + versions
                    + "): coffer_schema was altered; put back a backup");
        }
        if (versions.get(0) > SCRIPTS.size()) {
            throw HsmException.storeVersionUnsupported("the store has schema version " + versions.get(0)
                    + ", this release knows versions up to " + SCRIPTS.size()
                    + ": a newer release has opened it; use that release or a newer one");
        }
        upgradeFrom(versions.get(0));
    }

    private void upgradeFrom(int version) throws SQLException {
        for (int next = version; next < SCRIPTS.size(); next++) {
            for (String statement : script(SCRIPTS.get(next)).split(";\\s*\\R")) {
                sql.execute(statement);
            }
            sql.update("UPDATE coffer_schema SET version = ?", next + 1);
        }
    }

    private String script(String name) {
        String path = "sql/" + dialect + "/" + name;
        try (InputStream in = Objects.requireNonNull(Schema.class.getResourceAsStream(path), path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
