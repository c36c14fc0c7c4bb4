package org.cofferhsm.tde.h2;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.testing.TestModule;
import org.cofferhsm.tde.Rewrapping;
import org.cofferhsm.tde.TdeKeystore;
import org.cofferhsm.tde.h2.WorkloadProcess.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The numbers in docs/benchmarks.md: -Dtde.benchmark=5 measures five times, in turns, and prints medians. */
@EnabledIfSystemProperty(named = "tde.benchmark", matches = "\\d+")
class H2BenchmarkTest {
    private static final int REPEATS = Integer.getInteger("tde.benchmark", 1);
    private static final int TABLESPACES = 1_000;

    @TempDir
    private Path home;

    @TempDir
    private Path directory;

    private record Seconds(double wall, double cpu) {}

    @Test
    void comparesKindsOfDatabases() throws Exception {
        TestModule.create(home, "tde").as("tde", session -> new TdeKeystore(session).setKey("benchmark"));
        Map<Kind, List<Seconds>> measured = new EnumMap<>(Kind.class);
        for (int i = 0; i < REPEATS; i++) {
            for (Kind kind : Kind.values()) {
                Seconds seconds = measure(kind, i);
                System.out.println(kind + " " + seconds);
                measured.computeIfAbsent(kind, any -> new ArrayList<>()).add(seconds);
            }
        }
        Map<Kind, Seconds> medians = new EnumMap<>(Kind.class);
        measured.forEach((kind, all) -> medians.put(kind, median(all)));
        medians.forEach((kind, median) -> report(kind, median, medians, measured.get(kind)));
        assertThat(medians).hasSize(Kind.values().length);
    }

    private Seconds measure(Kind kind, int round) throws IOException, InterruptedException {
        Path place = Files.createDirectory(directory.resolve(kind + "-" + round));
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx2g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WorkloadProcess.class.getName(),
                        kind.name(),
                        home.toString(),
                        place.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String[] words =
                new String(process.getInputStream().readAllBytes()).strip().split(" ");
        assertThat(process.waitFor()).isZero();
        Files.delete(place.resolve("work.mv.db"));
        return new Seconds(Double.parseDouble(words[0]), Double.parseDouble(words[1]));
    }

    private static Seconds median(List<Seconds> all) {
        return new Seconds(
                all.stream().mapToDouble(Seconds::wall).sorted().toArray()[all.size() / 2],
                all.stream().mapToDouble(Seconds::cpu).sorted().toArray()[all.size() / 2]);
    }

    private static void report(Kind kind, Seconds median, Map<Kind, Seconds> medians, List<Seconds> all) {
        Seconds plain = medians.get(Kind.PLAIN);
        Seconds encrypted = medians.get(Kind.ENCRYPTED);
        System.out.printf(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %.2f | %.2f | %.2f | %s%n",
                kind,
                median.cpu(),
                median.cpu() / plain.cpu(),
                median.cpu() / encrypted.cpu(),
                median.wall(),
                median.wall() / plain.wall(),
                all);
    }

    @Test
    void rotatesAThousandTablespaces() throws IOException {
        Path memory = Path.of("/dev/shm");
        Path fast = Files.isWritable(memory) ? Files.createTempDirectory(memory, "tablespaces") : directory;
        TestModule module = TestModule.create(home, "tde");
        try (Hsm hsm = module.open();
                Session session = TestModule.login(hsm, "tde")) {
            TdeKeystore keystore = new TdeKeystore(session);
            keystore.setKey("first");
            rotate(keystore, Files.createDirectory(fast.resolve("in-memory")));
            rotate(keystore, Files.createDirectory(directory.resolve("on-disk")));
        }
    }

    private static void rotate(TdeKeystore keystore, Path place) throws IOException {
        List<H2Tablespace> tablespaces = new ArrayList<>();
        for (int i = 0; i < TABLESPACES; i++) {
            H2Tablespace tablespace = H2Tablespace.at(place.resolve(i + H2Tablespace.SUFFIX));
            tablespace.create(keystore, false);
            tablespaces.add(tablespace);
        }
        long start = System.nanoTime();
        keystore.setKey("next");
        Rewrapping rewrapping = keystore.rewrapAll(tablespaces);
        System.out.printf(
                Locale.ROOT,
                "rotation over %d tablespaces in %s: %.2f s%n",
                TABLESPACES,
                place,
                (System.nanoTime() - start) / 1e9);
        assertThat(rewrapping.rewrapped()).isEqualTo(TABLESPACES);
        for (H2Tablespace tablespace : tablespaces) {
            Files.delete(Path.of(tablespace.name()));
        }
        Files.delete(place);
    }
}
