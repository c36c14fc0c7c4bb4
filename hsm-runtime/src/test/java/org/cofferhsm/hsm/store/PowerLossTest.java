package org.cofferhsm.hsm.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The power fails at any step of the work, also while the store is opened and closed: of the writes that no force
 * followed, none arrive, or some, or parts of some. What was acknowledged is there all the same.
 */
class PowerLossTest {

    private static final int CUTS = Integer.getInteger("faults.powercuts", 300);
    private static final int SESSIONS = 6;
    private static final int COMMITS = 60;
    private static final AesGcmProtection PROTECTION = new AesGcmProtection(1);

    @TempDir
    static Path home;

    @TempDir
    Path directory;

    private static final DiskLog LOG = new DiskLog();
    private static final Map<Long, SortedMap<Long, Long>> EXPECTED = new HashMap<>();
    /** By the length of the log when it was acknowledged: the last change. */
    private static final NavigableMap<Integer, Long> ACKNOWLEDGED = new TreeMap<>();

    @BeforeAll
    static void work() throws Exception {
        FaultyFileSystem.attach(home, LOG);
        Authentication authentication = new Authentication(Records.MODULE, PROTECTION);
        ModuleLock.acquire(home).close();
        H2Database empty = H2Database.open(FaultyFileSystem.PREFIX, home.resolve(H2Store.NAME));
        JdbcStore.create(empty, authentication);
        ACKNOWLEDGED.put(LOG.length(), 0L);
        empty.close();
        EXPECTED.put(0L, new TreeMap<>());
        Random random = new Random(1);
        Workload workload = Workload.fromTheBeginning();
        for (int session = 0; session < SESSIONS; session++) {
            try (ObjectStore store = JdbcStore.open(asAfterAMinute(), authentication)) {
                store.records();
                for (int i = 0; i < COMMITS; i++) {
                    commit(store, workload, 1 + random.nextInt(3));
                }
            }
        }
    }

    /** The database as it behaves after a minute at work: freed space is used again, unless that is forbidden. */
    private static H2Database asAfterAMinute() throws SQLException {
        H2Database database = H2Database.open(FaultyFileSystem.PREFIX, home.resolve(H2Store.NAME));
        new Sql(database.connection()).execute("SET RETENTION_TIME 1");
        return database;
    }

    private static void commit(ObjectStore store, Workload workload, int changes) {
        List<Change> batch = new ArrayList<>();
        Stream.generate(workload::next).limit(changes).forEach(change -> {
            batch.add(change);
            EXPECTED.put(workload.number(), workload.versions());
        });
        store.commit(batch);
        ACKNOWLEDGED.put(LOG.length(), workload.number());
        store.announced(workload.number() - 3);
    }

    @Test
    void losesNothingWhenUnforcedWritesAreDropped() {
        cutThePower(DiskLog.Loss.DROPPED);
    }

    @Test
    void losesNothingWhenSomeUnforcedWritesArrive() {
        cutThePower(DiskLog.Loss.KEPT_IN_PART);
    }

    @Test
    void losesNothingWhenPartsOfUnforcedWritesArrive() {
        cutThePower(DiskLog.Loss.TORN);
    }

    private void cutThePower(DiskLog.Loss loss) {
        int created = ACKNOWLEDGED.firstKey();
        for (int i = 0; i < CUTS / DiskLog.Loss.values().length; i++) {
            Random random = new Random(i);
            int length = created + random.nextInt(LOG.length() - created + 1);
            Path fresh = directory.resolve(loss + "-" + i);
            try (ModuleLock lock = ModuleLock.acquire(fresh)) {
                H2File.in(fresh).replaceBy(LOG.after(length, loss, random));
                try (ObjectStore store = H2Store.open(lock, Records.MODULE, PROTECTION)) {
                    assertThat(Workload.verify(store, EXPECTED))
                            .as("cut after %d of %d steps", length, LOG.length())
                            .isGreaterThanOrEqualTo(
                                    ACKNOWLEDGED.floorEntry(length).getValue());
                }
            }
        }
    }
}
