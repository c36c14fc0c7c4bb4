package org.cofferhsm.tde.h2;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.tde.OraCause;
import org.h2.api.ErrorCode;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.FileStore;

/** One connection that H2's driver makes, and whose database is guarded before anybody can use it. */
record GuardedConnecting(org.h2.Driver driver, ConnectionUrl url, Properties info) {

    Connection connect() throws SQLException {
        try {
            if (url.tagged()) {
                requireTagged(H2Tablespace.at(url.path()));
            }
            return url.hasInit() ? connectWithInit() : guarded(url.url());
        } catch (HsmException e) {
            throw new SQLException(e.getMessage(), "08001", ErrorCode.IO_EXCEPTION_1, e);
        } catch (SQLException e) {
            throw explained(e);
        }
    }

    private void requireTagged(H2Tablespace tablespace) {
        if (url.wantsTaggedFile()) {
            H2Keystores.named(url.file().keystore()).with(keystore -> {
                tablespace.create(keystore, true);
                return tablespace;
            });
        } else if (!tablespace.tagged()) {
            throw HsmException.argumentInvalid("the pages of " + url.path()
                    + " carry no tags, which only a new database can be given; leave TAG_PAGES out of the URL");
        }
    }

    /** The statements of INIT may spill results: they run when the database is open and guarded already. */
    private Connection connectWithInit() throws SQLException {
        Connection first = guarded(url.urlWithoutInit());
        try (first) {
            return guarded(url.url());
        }
    }

    private Connection guarded(String address) throws SQLException {
        Connection connection = driver.connect(address, info);
        try {
            guard(connection);
            return connection;
        } catch (RuntimeException | SQLException e) {
            connection.close();
            throw e;
        }
    }

    private void guard(Connection connection) throws SQLException {
        JdbcConnection h2 = connection.unwrap(JdbcConnection.class);
        if (h2.getSession() instanceof SessionLocal session) {
            FileStore<?> store = session.getDatabase().getStore().getMvStore().getFileStore();
            synchronized (store) {
                TablespaceChannel channel = OpenTablespaces.OF_THIS_PROCESS
                        .find(DatabaseFile.of(store))
                        .orElseThrow(() -> HsmException.internal("nobody has opened " + store.getFileName()));
                if (!channel.isGuarded()) {
                    SpillGuard.on(store, channel);
                }
            }
        } else {
            throw HsmException.argumentInvalid(
                    "the database " + url.path() + " is open in another process by AUTO_SERVER,"
                            + " which would keep large objects in plain files here; leave it out of the URL");
        }
    }

    private SQLException explained(SQLException refusal) {
        for (Throwable cause = refusal; cause != null; cause = cause.getCause()) {
            if (cause instanceof HsmException e) {
                return new SQLException(e.getMessage(), refusal.getSQLState(), refusal.getErrorCode(), refusal);
            }
        }
        return refusal.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1
                ? new SQLException(
                        OraCause.FILE_IN_USE.in(
                                url.path() + " is open in another process; close it there, or connect to that process"),
                        refusal.getSQLState(),
                        refusal.getErrorCode(),
                        refusal)
                : refusal;
    }
}
