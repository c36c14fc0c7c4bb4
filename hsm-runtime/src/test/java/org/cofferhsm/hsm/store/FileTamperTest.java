package org.cofferhsm.hsm.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.cofferhsm.hsm.error.Reason;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that gives back other bytes than were written to it: the store is refused or right, never wrong. H2 alone
 * notices next to nothing. Where it falls back to an older state of its file, that state is whole and shows its older
 * root, which the audit log tells from the newest.
 */
class FileTamperTest {

    private static final int FLIPS = Integer.getInteger("faults.flips", 200);
    private static final int CUTS = Integer.getInteger("faults.cuts", 60);
    private static final Set<Reason> REFUSALS =
            EnumSet.of(Reason.STORE_TAMPERED, Reason.STORE_UNAVAILABLE, Reason.STORE_VERSION_UNSUPPORTED);

    @TempDir
    static Path home;

    @TempDir
    Path directory;

    private static History history;
    private static byte[] older;
    private static byte[] newest;

    @BeforeAll
    static void makeStore() {
        history = History.of(home, () -> older = H2File.in(home).bytes());
        newest = H2File.in(home).bytes();
    }

    /** Opens a store from these bytes, in a directory of its own: H2 does not let go of all that it fails to open. */
    private Optional<Reason> open(String name, byte[] bytes) {
        Path fresh = directory.resolve(name);
        ModuleLock.acquire(fresh).close();
        H2File.in(fresh).replaceBy(bytes);
        return history.open(fresh);
    }

    @Test
    void neverServesAWrongByteAfterFourRandomBytesChanged() {
        Map<String, Integer> outcomes = outcomes(FLIPS, random -> {
            byte[] bytes = newest.clone();
            for (int i = 0; i < 4; i++) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
            }
            return bytes;
        });
        assertThat(outcomes.getOrDefault("refused", 0)).as("%s", outcomes).isGreaterThan(FLIPS / 10);
    }

    @Test
    void neverServesAWrongByteAfterABlockWasOverwritten() {
        Map<String, Integer> outcomes = outcomes(CUTS, random -> {
            byte[] bytes = newest.clone();
            int start = random.nextInt(bytes.length / 4096) * 4096;
            Arrays.fill(bytes, start, Math.min(start + 4096, bytes.length), (byte) random.nextInt(256));
            return bytes;
        });
        assertThat(outcomes.getOrDefault("refused", 0)).as("%s", outcomes).isPositive();
    }

    @Test
    void neverServesAWrongByteAfterTheFileWasCut() {
        Map<String, Integer> outcomes = outcomes(CUTS, random -> Arrays.copyOf(newest, random.nextInt(newest.length)));
        assertThat(outcomes.getOrDefault("refused", 0)).as("%s", outcomes).isPositive();
    }

    /** Puts damaged files in place, and counts how the store takes them. */
    private Map<String, Integer> outcomes(int times, Function<Random, byte[]> damage) {
        Map<String, Integer> outcomes = new HashMap<>();
        for (int seed = 0; seed < times; seed++) {
            byte[] damaged = damage.apply(new Random(seed));
            String context = "seed " + seed;
            Optional<Reason> refusal =
                    Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> open(context, damaged), context);
            refusal.ifPresent(reason -> assertThat(reason).as(context).isIn(REFUSALS));
            outcomes.merge(refusal.isPresent() ? "refused" : "right", 1, Integer::sum);
        }
        return outcomes;
    }

    @Test
    void showsByItsRootThatAnOldCopyWasPutBack() {
        assertThat(open("newest", newest)).isEmpty();
        assertThat(history.lastShown()).isEqualTo(4);
        assertThat(open("older", older)).as("the old copy is whole").isEmpty();
        assertThat(history.lastShown()).isEqualTo(3);
    }

    @Test
    void refusesAnEmptyFile() {
        assertThat(open("empty", new byte[0])).contains(Reason.STORE_UNAVAILABLE);
    }

    @Test
    void refusesSomeOtherFile() {
        byte[] other = new byte[100_000];
        new Random(1).nextBytes(other);
        assertThat(open("other", other)).contains(Reason.STORE_UNAVAILABLE);
    }
}
