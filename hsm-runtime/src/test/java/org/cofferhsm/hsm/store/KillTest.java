package org.cofferhsm.hsm.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.cofferhsm.hsm.key.Octets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL at random moments, again and again on the same databases: what was acknowledged is there, of what was not,
 * whole changes or nothing.
 */
class KillTest {

    private static final int KILLS = Integer.getInteger("faults.kills", 40);
    private static final int DATABASES = 2;
    private static final int CHANGES_AWAITED = 12;
    private static final int MILLIS_AT_WORK = 20;
    private static final int MILLIS_FROM_START = 600;

    @TempDir
    Path directory;

    @Test
    void losesNothingAcknowledgedAndShowsNoHalfChange() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(DATABASES);
        List<Callable<Long>> victims = IntStream.range(0, DATABASES)
                .<Callable<Long>>mapToObj(i -> () -> new Victim(directory.resolve("module" + i), i).killOften())
                .toList();
        long changes = 0;
        for (Future<Long> each : threads.invokeAll(victims)) {
            changes += each.get();
        }
        threads.shutdown();
        assertThat(changes).as("changes in all").isGreaterThan(KILLS);
    }

    /** One database whose process is killed. */
    private static final class Victim {

        private final Path home;
        private final Random random;
        private final Workload workload = Workload.fromTheBeginning();
        private final Map<Long, SortedMap<Long, Long>> expected = new TreeMap<>(Map.of(0L, new TreeMap<>()));
        private final Map<Long, Octets> roots = new TreeMap<>();
        private long acknowledged;

        Victim(Path home, int seed) {
            this.home = home;
            this.random = new Random(seed);
        }

        long killOften() throws Exception {
            try (ModuleLock lock = ModuleLock.acquire(home)) {
                H2Store.create(lock, Records.MODULE, new AesGcmProtection(1)).close();
            }
            for (int i = 0; i < KILLS / DATABASES; i++) {
                runAndKill();
                verifyCopy();
            }
            return acknowledged;
        }

        private void runAndKill() throws Exception {
            Process process = ChildJvm.start(CommittingProgram.class, home.toString());
            try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
                if (random.nextInt(5) > 0) {
                    assertThat(out.readLine()).isEqualTo("open");
                    out.lines().limit(random.nextInt(CHANGES_AWAITED)).forEach(this::remember);
                    Thread.sleep(random.nextInt(MILLIS_AT_WORK));
                } else {
                    Thread.sleep(random.nextInt(MILLIS_FROM_START));
                }
                assertThat(process.isAlive()).as("still at work").isTrue();
                process.toHandle().destroyForcibly(); // unlike Process, it leaves what was said to be read
                out.lines().filter(line -> line.matches("[0-9]+ [0-9a-f]{64}")).forEach(this::remember);
            }
            process.waitFor();
        }

        private void remember(String line) {
            String[] words = line.split(" ");
            acknowledged = Long.parseLong(words[0]);
            roots.put(acknowledged, Octets.ofHex(words[1]));
        }

        /** In a copy, so that the next process finds the database as it was left. */
        private void verifyCopy() throws IOException {
            Path copy = home.resolve("copy");
            try (ModuleLock lock = ModuleLock.acquire(copy)) {
                Files.copy(H2File.in(home).path(), H2File.in(copy).path(), StandardCopyOption.REPLACE_EXISTING);
                try (ObjectStore store = H2Store.open(lock, Records.MODULE, new AesGcmProtection(1))) {
                    verify(store);
                }
            }
        }

        private void verify(ObjectStore store) {
            StoreRoot root = store.root();
            assertThat(root.change()).as("changes there").isGreaterThanOrEqualTo(acknowledged);
            while (workload.number() < root.change()) {
                workload.next();
            }
            expected.put(workload.number(), workload.versions());
            assertThat(Workload.verify(store, expected)).isEqualTo(root.change());
            verifyAnnouncements(store);
            acknowledged = root.change();
        }

        private void verifyAnnouncements(ObjectStore store) {
            List<Announcement> announcements = store.announcements();
            long change = store.root().change();
            assertThat(announcements)
                    .extracting(each -> each.root().change())
                    .endsWith(IntStream.range(0, (int) Math.min(change, CommittingProgram.LEFT))
                            .mapToObj(i -> change - Math.min(change, CommittingProgram.LEFT) + 1 + i)
                            .toArray(Long[]::new));
            announcements.forEach(each -> assertThat(
                            roots.getOrDefault(each.root().change(), each.root().digest()))
                    .isEqualTo(each.root().digest()));
        }
    }
}
