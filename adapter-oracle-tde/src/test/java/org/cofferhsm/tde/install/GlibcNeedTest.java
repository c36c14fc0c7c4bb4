package org.cofferhsm.tde.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.spi.OutsideProgram;
import org.cofferhsm.hsm.testing.Interop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GlibcNeedTest {
    @TempDir
    Path directory;

    @Test
    void readsWhatObjdumpReads() throws IOException {
        Path library = ImageOfOracle.copyOfTheJvmsLibrary(directory.resolve("lib.so"));
        String symbols = new OutsideProgram(List.of(Interop.program("objdump").toString()), Map.of())
                .run("-T", library.toString())
                .orComplain("objdump")
                .text();

        GlibcNeed highest = Pattern.compile("GLIBC_([0-9]+)\\.([0-9]+)")
                .matcher(symbols)
                .results()
                .map(GlibcNeedTest::version)
                .max(Comparator.naturalOrder())
                .orElseThrow();

        assertThat(GlibcNeed.of(library)).isEqualTo(highest);
    }

    private static GlibcNeed version(MatchResult found) {
        return new GlibcNeed(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2)));
    }

    @Test
    void knowsWhereALibraryLoads() {
        GlibcNeed need = new GlibcNeed(2, 28);

        assertThat(Arrays.stream(GlibcNeed.System.values()).filter(system -> system.satisfies(need)))
                .containsExactly(GlibcNeed.System.ORACLE_LINUX_8, GlibcNeed.System.ORACLE_LINUX_9);
    }

    @Test
    void ordersByNumberAndNotByText() {
        assertThat(new GlibcNeed(2, 4)).isLessThan(new GlibcNeed(2, 17));
    }

    @Test
    void refusesWhatIsCutOffOrAltered() throws IOException {
        byte[] whole = Files.readAllBytes(ImageOfOracle.copyOfTheJvmsLibrary(directory.resolve("lib.so")));
        Path damaged = directory.resolve("damaged.so");
        Random random = new Random(46707);

        Files.write(damaged, Arrays.copyOf(whole, 100));
        assertRefused(Reason.ARGUMENT_INVALID, () -> GlibcNeed.of(damaged)).hasMessageContaining("damaged.so");
        for (int round = 0; round < 200; round++) {
            byte[] bytes = whole.clone();
            bytes[random.nextInt(64)] = (byte) random.nextInt();
            Files.write(damaged, bytes);
            assertThat(readOrRefused(damaged)).isTrue();
        }
    }

    private static boolean readOrRefused(Path library) {
        try {
            return GlibcNeed.of(library).major() >= 0;
        } catch (HsmException e) {
            return e.reason() == Reason.ARGUMENT_INVALID;
        }
    }
}
