package org.cofferhsm.hsm.store;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;

/**
 * One session with a PostgreSQL server that makes commits durable. The module belongs to the session: an advisory lock
 * keeps others out and goes when the session goes, and without the session nothing can be written.
 */
final class PostgresDatabase implements Database {

    private static final String OWNER = "SELECT coalesce(min(a.application_name || ' at ' ||"
            + " coalesce(host(a.client_addr), 'the server')), 'another session')"
            + " FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid WHERE l.locktype = 'advisory' AND l.granted"
            + " AND l.classid::bigint = ? AND l.objid::bigint = ?";

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final String name;
    private final Connection connection;

    private PostgresDatabase(String name, Connection connection) {
        this.name = name;
        this.connection = connection;
    }

    /** Opens a session and takes the module for it. */
    static PostgresDatabase open(String url, Octets module) throws SQLException {
        Connection connection = DriverManager.getConnection(url);
        boolean ready = false;
        try {
            PostgresDatabase database = new PostgresDatabase(withoutParameters(url), connection);
            database.prepare(lockOf(module));
            ready = true;
            return database;
        } finally {
            if (!ready) {
                connection.close();
            }
        }
    }

    /** A URL's parameters may hold a password. */
    private static String withoutParameters(String url) {
        return url.split("\\?", 2)[0];
    }

    private static long lockOf(Octets module) {
        return ByteBuffer.allocate(Long.BYTES)
                .put(module.toByteArray(), 0, Math.min(module.length(), Long.BYTES))
                .getLong(0);
    }

    private void prepare(long lock) throws SQLException {
        Sql sql = new Sql(connection);
        connection.setAutoCommit(false);
        sql.execute(
                "SET application_name = 'coffer pid " + ProcessHandle.current().pid() + "'");
        sql.execute("SET synchronous_commit = on");
        if (!sql.query("SHOW fsync", row -> row.getString(1)).equals(List.of("on"))) {
            throw HsmException.storeUnavailable("the server of " + name + " runs with fsync = off and would lose"
                    + " acknowledged changes; set it to on");
        }
        connection.commit();
        take(lock, sql);
    }

    /** Waits a moment, since a server may need one to see that the former owner is gone. */
    private void take(long lock, Sql sql) throws SQLException {
        try {
            sql.execute("SET LOCAL lock_timeout = '2s'");
            sql.query("SELECT pg_advisory_lock(?)", row -> true, lock);
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                throw e;
            }
            String owner = sql.query(OWNER, row -> row.getString(1), lock >>> 32, lock & 0xffff_ffffL)
                    .get(0);
            throw HsmException.moduleInUse("the store " + name + " is in use by " + owner)
                    .causedBy(e);
        }
    }

    @Override
    public Connection connection() {
        return connection;
    }

    @Override
    public String dialect() {
        return "postgresql";
    }

    @Override
    public String name() {
        return name;
    }

    /** A commit is durable already: the server writes its log through (synchronous_commit). */
    @Override
    public void force() {}

    /** The server does that by itself. */
    @Override
    public void tidy(int records) {}

    @Override
    public void abandon() throws SQLException {
        connection.close();
    }

    /** Gives the module back first: the server ends a session in its own time. */
    @Override
    public void close() throws SQLException {
        if (connection.isClosed()) {
            return;
        }
        try (connection) {
            new Sql(connection).query("SELECT pg_advisory_unlock_all()", row -> true);
        }
    }
}
