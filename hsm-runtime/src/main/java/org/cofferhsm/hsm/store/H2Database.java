package org.cofferhsm.hsm.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.cofferhsm.hsm.error.HsmException;
import org.h2.Driver;
import org.h2.engine.Constants;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.MVStoreTool;

/**
 * An embedded H2 database, set up to lose nothing: each commit is written at once (WRITE_DELAY 0), forced by CHECKPOINT
 * SYNC, and nothing is written in the background; results and traces never reach another file.
 *
 * <p>H2 2.5.252 may not use freed space again (REUSE_SPACE): what it writes into a gap of the file is found after a
 * crash only if the header was written once more, so a forced commit would be lost. The file grows by about 20 KB with
 * each commit instead, until {@link #tidy} copies what is alive.
 */
final class H2Database implements Database {

    /** File access that survives the interruption of a thread, where the usual one closes the database. */
    static final String FILE_SYSTEM = "async:";

    static final String SUFFIX = ".mv.db";

    private static final int DATABASE_ALREADY_OPEN = 90020;
    private static final String SETTINGS =
            ";WRITE_DELAY=0;REUSE_SPACE=FALSE;MAX_COMPACT_TIME=0;DB_CLOSE_ON_EXIT=FALSE;CACHE_SIZE=4096"
                    + ";MAX_MEMORY_ROWS=2147483647;LAZY_QUERY_EXECUTION=1;TRACE_LEVEL_FILE=0;TRACE_LEVEL_SYSTEM_OUT=0";

    private static final long GROWTH_ALLOWED = 64L << 20;
    private static final long BYTES_PER_RECORD = 2400;
    private static final int GROWTH_FACTOR = 4;

    private final String fileSystem;
    private final Path path;
    private Connection connection;
    private long sizeAfterTidying;

    private H2Database(String fileSystem, Path path) throws SQLException {
        this.fileSystem = fileSystem;
        this.path = path;
        this.connection = connect();
    }

    /**
     * Opens the database whose file is {@code path} and {@value #SUFFIX}.
     *
     * @param fileSystem the prefix of one of H2's file systems
     */
    static H2Database open(String fileSystem, Path path) throws SQLException {
        if (path.toString().indexOf(';') >= 0) {
            throw HsmException.argumentInvalid("the module's directory may not have a semicolon in its path: " + path);
        }
        try {
            return new H2Database(fileSystem, path);
        } catch (SQLException e) {
            if (e.getErrorCode() == DATABASE_ALREADY_OPEN) {
                // H2 2.5.252 itself does not let go of some damaged files that it failed to open.
                throw HsmException.moduleInUse("the database " + path + SUFFIX + " is in use by another program, or"
                                + " this process failed to open it before: end that program, or start this one again")
                        .causedBy(e);
            }
            throw e;
        }
    }

    private Connection connect() throws SQLException {
        // Not by DriverManager, which would first load every driver there is.
        Connection opened = new Driver().connect("jdbc:h2:" + fileSystem + path + SETTINGS, new Properties());
        opened.setAutoCommit(false);
        return opened;
    }

    @Override
    public Connection connection() {
        return connection;
    }

    @Override
    public String dialect() {
        return "h2";
    }

    @Override
    public String name() {
        return path + SUFFIX;
    }

    @Override
    public void force() throws SQLException {
        new Sql(connection).execute("CHECKPOINT SYNC");
    }

    @Override
    public void tidy(int records) throws SQLException, IOException {
        long expected = Math.max(BYTES_PER_RECORD * records, GROWTH_FACTOR * sizeAfterTidying);
        if (Files.size(Path.of(name())) > GROWTH_ALLOWED + expected) {
            rewrite();
        }
    }

    /**
     * Copies what is alive to a new file, which takes the old one's place whole or not at all. Where no copy can be made,
     * for want of space or of links, the old one stays in use, and that is tried again when it has grown as much once more.
     */
    void rewrite() throws SQLException, IOException {
        Path copy = Path.of(path + "-tidy" + SUFFIX);
        connection.close();
        if (isCopied(copy)) {
            Files.move(copy, Path.of(name()), StandardCopyOption.ATOMIC_MOVE);
            PrivateFiles.forceDirectory(path.resolveSibling(""));
        }
        sizeAfterTidying = Files.size(Path.of(name()));
        connection = connect();
    }

    private boolean isCopied(Path copy) throws IOException {
        Path unfinished = Path.of(copy + Constants.SUFFIX_MV_STORE_TEMP_FILE);
        try {
            Files.deleteIfExists(copy);
            Files.createLink(copy, Path.of(name()));
            MVStoreTool.compact(fileSystem + copy, false); // writes a third file and gives it this name
            PrivateFiles.restrict(copy);
            PrivateFiles.force(copy);
            return true;
        } catch (IOException | MVStoreException | UnsupportedOperationException e) {
            Files.deleteIfExists(unfinished); // it may have what little space there was
            return false;
        }
    }

    @Override
    public void abandon() throws SQLException {
        new Sql(connection).execute("SHUTDOWN IMMEDIATELY");
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
