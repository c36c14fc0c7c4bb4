package org.cofferhsm.tde.h2;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import org.cofferhsm.hsm.error.HsmException;
import org.h2.api.ErrorCode;
import org.h2.store.fs.FilePath;
import org.jspecify.annotations.Nullable;

/**
 * The JDBC driver for {@code jdbc:h2:tde:KEYSTORE:PATH}: H2's own, with every page encrypted and H2's leaks closed.
 * {@code TAG_PAGES=TRUE} in the URL of a new database has every page authenticated. {@link DriverManager} finds it by
 * itself; programs that hold drivers make one.
 */
public final class TdeDriver implements Driver {

    private static final String PREFIX = "jdbc:h2:" + TdeUrl.SCHEME + ":";
    private static final org.h2.Driver H2 = new org.h2.Driver();

    static {
        load();
    }

    /** For {@link java.util.ServiceLoader}. */
    public TdeDriver() {}

    /** Registers file system and driver, once; ahead of H2's own driver, which would take these URLs, too. */
    static void load() {
        Registered.requireDone();
    }

    private static final class Registered {
        static {
            FilePath.register(new TdeFilePath());
            try {
                org.h2.Driver.unload();
                DriverManager.registerDriver(new TdeDriver());
                org.h2.Driver.load();
            } catch (SQLException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        static void requireDone() {
            // that this class is initialised is all
        }
    }

    @Override
    public boolean acceptsURL(String url) {
        return url.startsWith(PREFIX);
    }

    @Override
    public @Nullable Connection connect(String url, Properties info) throws SQLException {
        return acceptsURL(url) ? new GuardedConnecting(H2, parsed(url), info).connect() : null;
    }

    private static ConnectionUrl parsed(String url) throws SQLException {
        try {
            return ConnectionUrl.parse(url);
        } catch (HsmException e) {
            throw new SQLException(e.getMessage(), "08001", ErrorCode.URL_FORMAT_ERROR_2, e);
        }
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
        return H2.getPropertyInfo(url, info);
    }

    @Override
    public int getMajorVersion() {
        return H2.getMajorVersion();
    }

    @Override
    public int getMinorVersion() {
        return H2.getMinorVersion();
    }

    @Override
    public boolean jdbcCompliant() {
        return H2.jdbcCompliant();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("H2 does not log through java.util.logging");
    }
}
