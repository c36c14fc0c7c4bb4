package org.cofferhsm.hsm.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.store.ObjectStoreContract.refuses;
import static org.cofferhsm.hsm.store.Records.change;
import static org.cofferhsm.hsm.store.Records.object;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.cofferhsm.hsm.error.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that breaks in the middle of a change, not by an exception but by an error. */
class JdbcStoreTest {

    @TempDir
    Path home;

    private final RecordProtection keys = new AesGcmProtection(1);

    @Test
    void anErrorWhileForcingStopsTheStore() throws Exception {
        requireStops(Breaking.FORCE, "not known whether the last change is durable");
    }

    @Test
    void anErrorWhileWritingStopsTheStoreAndNothingIsCommitted() throws Exception {
        requireStops(Breaking.WRITE, "nothing was changed");
        try (ModuleLock lock = ModuleLock.acquire(home);
                ObjectStore again = H2Store.open(lock, Records.MODULE, keys)) {
            assertThat(again.records()).extracting(StoreRecord::id).containsExactly(1L);
        }
    }

    @Test
    void anErrorWhileTidyingIsToldToTheNextCall() throws Exception {
        try (ModuleLock lock = ModuleLock.acquire(home)) {
            BreakableDatabase database = database(lock);
            ObjectStore store = opened(database);
            database.breaking = Breaking.TIDY;
            store.commit(List.of(change("durable", object(2, "b"))));
            store.announced(2);
            refuses(store::root, Reason.STORE_UNAVAILABLE, "open the module again");
            store.close();
        }
    }

    @Test
    void aClosedStoreSaysThatTheModuleIsLocked() throws Exception {
        try (ModuleLock lock = ModuleLock.acquire(home)) {
            ObjectStore store = opened(database(lock));
            store.close();
            refuses(store::root, Reason.MODULE_LOCKED, "unlock it first");
        }
    }

    private void requireStops(Breaking breaking, String message) throws SQLException {
        try (ModuleLock lock = ModuleLock.acquire(home)) {
            BreakableDatabase database = database(lock);
            ObjectStore store = opened(database);
            database.breaking = breaking;
            refuses(() -> store.commit(List.of(change("lost", object(2, "b")))), Reason.STORE_UNAVAILABLE, message);
            database.breaking = Breaking.NOTHING;
            refuses(
                    () -> store.commit(List.of(change("after", object(3, "c")))),
                    Reason.STORE_UNAVAILABLE,
                    "open the module again");
            store.close();
        }
    }

    private BreakableDatabase database(ModuleLock lock) throws SQLException {
        H2Store.create(lock, Records.MODULE, keys).close();
        return new BreakableDatabase(
                H2Database.open(H2Database.FILE_SYSTEM, lock.home().resolve(H2Store.NAME)));
    }

    private ObjectStore opened(Database database) {
        ObjectStore store = JdbcStore.open(database, new Authentication(Records.MODULE, keys));
        store.records();
        store.commit(List.of(change("before", object(1, "a"))));
        return store;
    }

    private enum Breaking {
        NOTHING,
        WRITE,
        FORCE,
        TIDY
    }

    /** A real database that runs out of memory where it is told. */
    private static final class BreakableDatabase implements Database {

        private final Database real;
        private Breaking breaking = Breaking.NOTHING;

        BreakableDatabase(Database real) {
            this.real = real;
        }

        private void breakAt(Breaking place) {
            if (breaking == place) {
                throw new OutOfMemoryError("as a test");
            }
        }

        @Override
        public Connection connection() {
            breakAt(Breaking.WRITE);
            return real.connection();
        }

        @Override
        public String dialect() {
            return real.dialect();
        }

        @Override
        public String name() {
            return real.name();
        }

        @Override
        public void force() throws SQLException {
            breakAt(Breaking.FORCE);
            real.force();
        }

        @Override
        public void tidy(int records) throws SQLException, IOException {
            breakAt(Breaking.TIDY);
            real.tidy(records);
        }

        @Override
        public void abandon() throws SQLException {
            real.abandon();
        }

        @Override
        public void close() throws SQLException {
            real.close();
        }
    }
}
