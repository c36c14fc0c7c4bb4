package org.cofferhsm.hsm.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.cofferhsm.hsm.store.ObjectStoreContract.refuses;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that takes no more: the change is refused, the store stops, and opened again it holds what it has to. */
class DiskFullTest {

    private static final int TIMES = Integer.getInteger("faults.fulldisks", 10);

    @TempDir
    Path directory;

    @Test
    void refusesChangesAndKeepsTheOldState() throws Exception {
        for (int seed = 0; seed < TIMES; seed++) {
            fillUp(directory.resolve("write" + seed), new SmallDisk(200_000 + new Random(seed).nextInt(300_000), -1));
        }
    }

    @Test
    void stopsWhenItCannotForce() throws Exception {
        for (int seed = 0; seed < TIMES; seed++) {
            fillUp(directory.resolve("force" + seed), new SmallDisk(Long.MAX_VALUE, 3 + new Random(seed).nextInt(20)));
        }
    }

    private static void fillUp(Path home, SmallDisk disk) throws Exception {
        Authentication authentication = new Authentication(Records.MODULE, new AesGcmProtection(1));
        Workload workload = Workload.fromTheBeginning();
        Map<Long, SortedMap<Long, Long>> expected = new HashMap<>(Map.of(0L, new TreeMap<>()));
        try (ModuleLock lock = ModuleLock.acquire(home)) {
            H2Store.create(lock, Records.MODULE, new AesGcmProtection(1)).close();
            FaultyFileSystem.attach(home, disk);
            ObjectStore store = H2Store.open(FaultyFileSystem.PREFIX, home, authentication);
            store.records();
            long acknowledged = commitUntilRefused(store, workload, expected);
            refuses(store::root, Reason.STORE_UNAVAILABLE, "open the module again");
            refuses(() -> store.commit(List.of(workload.next())), Reason.STORE_UNAVAILABLE, "open the module again");
            store.close();
            try (ObjectStore again = H2Store.open(lock, Records.MODULE, new AesGcmProtection(1))) {
                assertThat(Workload.verify(again, expected)).isGreaterThanOrEqualTo(acknowledged);
            }
        }
    }

    private static long commitUntilRefused(
            ObjectStore store, Workload workload, Map<Long, SortedMap<Long, Long>> expected) {
        HsmException refusal = catchThrowableOfType(HsmException.class, () -> {
            while (true) {
                Change change = workload.next();
                expected.put(workload.number(), workload.versions());
                store.commit(List.of(change));
            }
        });
        assertThat(refusal.reason()).isEqualTo(Reason.STORE_UNAVAILABLE);
        assertThat(refusal).hasMessageContaining("No space left on device");
        return workload.number() - 1;
    }

    /** Takes so many bytes, or so many forces, and then nothing. */
    private static final class SmallDisk implements Disk {

        private long bytesLeft;
        private int forcesLeft;

        SmallDisk(long bytes, int forces) {
            bytesLeft = bytes;
            forcesLeft = forces;
        }

        @Override
        public synchronized void write(long position, byte[] bytes) throws IOException {
            bytesLeft -= bytes.length;
            if (bytesLeft < 0) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public void truncate(long size) {
            // always possible
        }

        @Override
        public synchronized void force() throws IOException {
            if (forcesLeft-- == 0) {
                throw new IOException("No space left on device");
            }
        }
    }
}
