package org.cofferhsm.hsm.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.file.OnDisk;
import org.cofferhsm.hsm.key.Octets;

/** The store of an embedded module: the file {@code objects.mv.db} in the module's directory. */
public final class H2Store {

    static final String NAME = "objects";
    private static final String UNFINISHED = "objects-unfinished";

    private H2Store() {}

    /** Makes an empty store, whole or not at all, and opens it. */
    public static ObjectStore create(ModuleLock lock, Octets module, RecordProtection protection) {
        Path file = file(lock, NAME);
        if (Files.exists(file)) {
            throw HsmException.moduleAlreadyInitialized("there is a store already: " + file);
        }
        try {
            make(lock.home().resolve(UNFINISHED), new Authentication(module, protection));
            Files.move(file(lock, UNFINISHED), file, StandardCopyOption.ATOMIC_MOVE);
            OnDisk.forceNames(lock.home());
        } catch (SQLException | IOException e) {
            throw HsmException.storeUnavailable("the store " + file + " cannot be made: " + e.getMessage())
                    .causedBy(e);
        }
        return open(lock, module, protection);
    }

    private static void make(Path path, Authentication authentication) throws SQLException, IOException {
        Path file = Path.of(path + H2Database.SUFFIX);
        Files.deleteIfExists(file);
        PrivateFiles.createFile(file);
        H2Database database = H2Database.open(H2Database.FILE_SYSTEM, path);
        try {
            JdbcStore.create(database, authentication);
        } catch (SQLException e) {
            database.abandon();
            throw e;
        }
        database.close();
    }

    /**
     * Opens the store and verifies everything but the records. Complains by {@code storeTampered} with what was altered,
     * by {@code storeUnavailable} when the file is missing or cannot be read.
     */
    public static ObjectStore open(ModuleLock lock, Octets module, RecordProtection protection) {
        Path file = file(lock, NAME);
        if (!Files.isRegularFile(file)) {
            throw HsmException.storeUnavailable("the store " + file + " is missing; put back a backup");
        }
        return open(H2Database.FILE_SYSTEM, lock.home(), new Authentication(module, protection));
    }

    static ObjectStore open(String fileSystem, Path home, Authentication authentication) {
        Path path = home.resolve(NAME);
        try {
            return JdbcStore.open(H2Database.open(fileSystem, path), authentication);
        } catch (SQLException | AssertionError | StackOverflowError e) {
            throw HsmException.storeUnavailable("the store " + path + H2Database.SUFFIX + " cannot be opened: "
                            + e.getMessage() + "; put back a backup")
                    .causedBy(e);
        }
    }

    private static Path file(ModuleLock lock, String name) {
        return lock.home().resolve(name + H2Database.SUFFIX);
    }
}
